import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ChangeFeed, Database, Snapshot } from '../../core/database/index.js';
import type { Admin, PresentedToken, Scope } from '../../core/identity/index.js';
import { Clock } from '../../core/time/index.js';
import { ACCOUNTS_OPTIONS, type AccountsOptions } from '../accounts.options.js';
import { AdminUser } from '../people/admin-user.entity.js';
import { isSameSecret, sha256 } from '../sha256.js';
import { ApiToken } from './api-token.entity.js';
import { TokenUse } from './token-use.js';
import { looksLikeToken } from './token-secret.js';

/** Id of the admin that the static `ADMIN_TOKEN` stands for; no person has it. */
export const STATIC_ADMIN_ID = 'admin-token';

const ALL_SCOPES: readonly Scope[] = ['generate', 'read', 'manage'];

interface KnownToken {
  readonly admin: Admin;
  /** Milliseconds since 1970; Infinity: never. */
  readonly expiresAt: number;
}

/** Every token that is worth something, in memory: to know who is asking costs one sha256 and no query. */
@Injectable()
export class TokenDirectory implements OnModuleInit {
  private readonly snapshot = new Snapshot(() => this.load());

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ACCOUNTS_OPTIONS) private readonly options: AccountsOptions,
    private readonly changes: ChangeFeed,
    private readonly clock: Clock,
    private readonly use: TokenUse,
  ) {}

  async onModuleInit(): Promise<void> {
    this.changes.subscribe('token', () => this.refresh());
    await this.refresh();
  }

  /** Reloads tokens with the role and state of their makers; a writer awaits it after its commit. */
  refresh(): Promise<void> {
    return this.snapshot.refresh();
  }

  /**
   * Whom a token stands for now, with the role its maker has now; null for an unknown, revoked or expired one and for
   * one whose maker is suspended.
   */
  resolveToken(secret: string): Admin | null {
    const known = looksLikeToken(secret) ? this.snapshot.current.get(sha256(secret)) : undefined;
    if (known === undefined) return this.resolveStatic(secret);
    const now = this.clock.now();
    if (now.getTime() >= known.expiresAt) return null;
    if (known.admin.token) this.use.note(known.admin.token.id, now);
    return known.admin;
  }

  private resolveStatic(secret: string): Admin | null {
    const { adminToken } = this.options;
    return adminToken !== null && isSameSecret(secret, adminToken) ? staticAdmin() : null;
  }

  private async load(): Promise<ReadonlyMap<string, KnownToken>> {
    const em = this.database.em();
    const [tokens, users] = await Promise.all([
      em.find(ApiToken, { revokedAt: null }),
      em.find(AdminUser, { suspendedAt: null }),
    ]);
    const byId = new Map(users.map((user) => [user.id, user]));
    return new Map(
      tokens.flatMap((token) => {
        const admin = this.makerOf(token, byId);
        return admin ? [[token.hash, { admin, expiresAt: token.expiresAt?.getTime() ?? Infinity }] as const] : [];
      }),
    );
  }

  private makerOf(token: ApiToken, users: ReadonlyMap<string, AdminUser>): Admin | null {
    const presented = toPresented(token);
    if (!token.adminId) return this.options.adminToken === null ? null : { ...staticAdmin(), token: presented };
    const user = users.get(token.adminId);
    return user ? { id: user.id, role: user.role, name: user.name, token: presented } : null;
  }
}

function toPresented(token: ApiToken): PresentedToken {
  return {
    id: token.id,
    scopes: token.scopes,
    ...(token.capabilities && { capabilities: token.capabilities }),
    ...(token.providers && { providers: token.providers }),
    ...(typeof token.monthlyLimit === 'number' && { monthlyLimit: token.monthlyLimit }),
    ...(typeof token.maxConcurrent === 'number' && { maxConcurrent: token.maxConcurrent }),
    ...(typeof token.monthlyBudgetUsd === 'string' && { monthlyBudgetUsd: token.monthlyBudgetUsd }),
  };
}

function staticAdmin(): Admin {
  return {
    id: STATIC_ADMIN_ID,
    role: 'superadmin',
    name: 'ADMIN_TOKEN',
    token: { id: STATIC_ADMIN_ID, scopes: ALL_SCOPES },
  };
}
