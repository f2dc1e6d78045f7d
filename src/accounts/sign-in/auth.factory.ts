import { Logger } from '@nestjs/common';
import { betterAuth, type BetterAuthOptions } from 'better-auth';
import { APIError } from 'better-auth/api';
import { getAdapter } from 'better-auth/db/adapter';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { type Database, newId } from '../../core/database/index.js';
import { type AccountsOptions, isHttps } from '../accounts.options.js';
import { AdminUser } from '../people/admin-user.entity.js';
import { PASSWORD_LENGTH } from '../people/password.js';
import type { AuthSecret } from './auth-secrets.js';
import type { CallNotes } from './call-notes.js';
import { guardSessions } from './guarded-sessions.js';
import { PasswordVersions } from './password-versions.js';
import { sealSessions } from './sealed-sessions.js';
import { trueDates } from './true-dates.js';

/** Header in which the gateway hands better-auth the peer's address; whatever a caller sends under it is dropped. */
export const PEER_HEADER = 'x-switchboard-peer';

/** The better-auth instance over our own tables. */
export type Auth = Awaited<ReturnType<typeof createAuth>>;

/** Injection token of `Auth`. */
export const AUTH = Symbol('switchboard better-auth');

const DAY = 86_400;

/**
 * better-auth on our database: e-mail and password, sessions, second factor; nobody signs up by himself. Its own rate
 * limiter and origin checks are off because ours stand before it; it reports to nobody.
 */
export async function createAuth(
  database: Database,
  options: AccountsOptions,
  secrets: AuthSecret[],
  notes: CallNotes,
) {
  const logger = new Logger('SignIn');
  const secure = isHttps(options);
  const settings = {
    appName: 'AI Switchboard',
    baseURL: options.publicUrl ?? 'http://127.0.0.1',
    basePath: '/api/auth',
    secrets,
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: {
      level: 'error',
      log: (_level, message, ...causes: unknown[]) => logger.error(withCause(message, causes)),
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
    },
    session: {
      modelName: 'admin_session',
      fields: snakeCase('expiresAt', 'createdAt', 'updatedAt', 'ipAddress', 'userAgent', 'userId'),
      expiresIn: 7 * DAY,
      updateAge: DAY,
    },
    user: {
      modelName: 'admin_user',
      fields: snakeCase('emailVerified', 'createdAt', 'updatedAt'),
      additionalFields: {
        role: { type: 'string', input: false },
        suspendedAt: { type: 'date', required: false, input: false, fieldName: 'suspended_at' },
      },
    },
    account: {
      modelName: 'admin_account',
      fields: snakeCase(
        'accountId',
        'providerId',
        'userId',
        'accessToken',
        'refreshToken',
        'idToken',
        'accessTokenExpiresAt',
        'refreshTokenExpiresAt',
        'createdAt',
        'updatedAt',
      ),
    },
    verification: { modelName: 'admin_verification', fields: snakeCase('expiresAt', 'createdAt', 'updatedAt') },
    advanced: {
      database: { generateId: () => newId() },
      disableCSRFCheck: true,
      disableOriginCheck: true,
      ipAddress: { ipAddressHeaders: [PEER_HEADER] },
      // A __Host- cookie has to be Secure, so plain HTTP on loopback needs another name.
      cookiePrefix: secure ? '__Host-switchboard' : 'switchboard',
      useSecureCookies: false,
      defaultCookieAttributes: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
    },
    databaseHooks: { session: { create: { before: (session) => refuseSuspended(database, session.userId) } } },
    plugins: [
      twoFactor({
        issuer: 'AI Switchboard',
        schema: {
          user: { fields: snakeCase('twoFactorEnabled') },
          twoFactor: {
            modelName: 'admin_two_factor',
            fields: snakeCase('backupCodes', 'userId', 'failedVerificationCount', 'lockedUntil'),
          },
        },
      }),
    ],
  } satisfies BetterAuthOptions;
  const adapter = await getAdapter({
    ...settings,
    database: {
      db: database.em().getKysely().withPlugin(trueDates) as never,
      type: 'postgres',
      schemaName: database.schemaName,
      transaction: true,
    },
  });
  const guarded = guardSessions(adapter, notes, new PasswordVersions(database));
  return betterAuth({ ...settings, database: () => sealSessions(guarded) });
}

/** Runs after the password was found right, so it tells nothing to strangers. */
async function refuseSuspended(database: Database, userId: string): Promise<undefined> {
  const user = await database.em().findOne(AdminUser, { id: userId });
  if (user === null || user.suspendedAt !== null)
    throw new APIError('FORBIDDEN', { message: 'This account is suspended. A superadmin can lift it.' });
  return undefined;
}

/** Messages only: what else better-auth would log may hold what must not be logged. */
function withCause(message: string, causes: readonly unknown[]): string {
  const cause = causes.find((one) => one instanceof Error);
  return cause === undefined ? message : `${message}: ${cause.message}`;
}

/** Column names of better-auth's fields. */
function snakeCase<K extends string>(...fields: K[]): Record<K, string> {
  return Object.fromEntries(
    fields.map((field) => [field, field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]),
  ) as Record<K, string>;
}
