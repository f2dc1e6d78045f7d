import { Body, Controller, Get, Global, Module, Post, Req, UseFilters } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test, type TestingModule } from '@nestjs/testing';
import { AccountsModule, type AccountsOptions, AccountsResolver } from '../../src/accounts/index.js';
import { Audit, AuditRefusals } from '../../src/core/audit/index.js';
import { SWITCHBOARD_SETTINGS } from '../../src/core/config/index.js';
import { ChangeFeed, Database } from '../../src/core/database/index.js';
import { AdminController, ProblemFilter } from '../../src/core/http/index.js';
import { type Admin, CurrentAdmin, type IdentifiableRequest, SuperadminOnly } from '../../src/core/identity/index.js';
import { RunningCalls } from '../../src/core/shutdown/index.js';
import { Clock } from '../../src/core/time/index.js';
import { switchboardSchema } from '../../src/schema.js';
import { MEMORY_DATABASE } from '../support/memory-database.js';

export const SUPERADMIN = { email: 'root@example.com', password: 'correct horse battery' };
export const ADMIN_TOKEN = 'static-admin-token-of-at-least-32-characters';

@AdminController('probe', 'Probe')
class ProbeController {
  @Get()
  read(@CurrentAdmin() { via: _via, ...admin }: Admin) {
    return admin;
  }

  @Post()
  write(@CurrentAdmin() admin: Admin, @Body() _body: unknown) {
    return admin;
  }

  @Get('superadmin')
  @SuperadminOnly()
  superadmin() {
    return { ok: true };
  }
}

@Controller('v1')
@UseFilters(ProblemFilter)
class GatewayProbeController {
  constructor(private readonly resolver: AccountsResolver) {}

  @Get('probe')
  async read(@Req() request: IdentifiableRequest) {
    return { admin: await this.resolver.resolve(request) };
  }
}

export interface AccountsAppOptions extends Partial<AccountsOptions> {
  /** A PostgreSQL URL; without it the database is in memory. */
  readonly url?: string;
  readonly clock?: Clock;
  /** For specs in which errors are logged on purpose. */
  readonly isQuiet?: boolean;
}

/** The accounts module in a small real application, on Fastify. */
export async function startAccounts(options: AccountsAppOptions = {}): Promise<AccountsApp> {
  const { module, database } = await compileAccounts(options);
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), {
    logger: options.isQuiet ? false : ['error'],
  });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return new AccountsApp(app, database);
}

/** The modules of that application, for another HTTP framework. */
export async function compileAccounts(
  options: AccountsAppOptions = {},
): Promise<{ module: TestingModule; database: Database }> {
  const settings = options.url === undefined ? MEMORY_DATABASE : { kind: 'postgresql' as const, url: options.url };
  const database = await Database.open({
    settings,
    schemaName: 'switchboard',
    connectSeconds: 5,
    schema: switchboardSchema,
  });
  const clock = options.clock ?? new Clock();

  @Global()
  @Module({
    providers: [
      { provide: Database, useValue: database },
      { provide: Clock, useValue: clock },
      { provide: SWITCHBOARD_SETTINGS, useValue: { database: settings, encryptionKeys: ['the same on all replicas'] } },
      ChangeFeed,
      Audit,
      AuditRefusals,
      RunningCalls,
    ],
    exports: [Database, Clock, SWITCHBOARD_SETTINGS, ChangeFeed, Audit, AuditRefusals, RunningCalls],
  })
  class WorldModule {}

  const module = await Test.createTestingModule({
    imports: [
      WorldModule,
      AccountsModule.register({
        superadmin: options.superadmin === undefined ? SUPERADMIN : options.superadmin,
        adminToken: options.adminToken === undefined ? ADMIN_TOKEN : options.adminToken,
        publicUrl: options.publicUrl ?? null,
      }),
    ],
    controllers: [ProbeController, GatewayProbeController],
  }).compile();
  return { module, database };
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | number | undefined>;
  readonly body: Record<string, unknown> & { data?: Record<string, unknown>[] };
  readonly text: string;
}

export interface Ask {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly cookie?: string;
  readonly token?: string;
  readonly ip?: string;
}

export class AccountsApp {
  constructor(
    readonly app: NestFastifyApplication,
    readonly database: Database,
  ) {}

  async ask(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, ask: Ask = {}): Promise<Answer> {
    const answer = await this.app.inject({
      method,
      url,
      headers: {
        ...(ask.cookie !== undefined && { cookie: ask.cookie }),
        ...(ask.token !== undefined && { authorization: `Bearer ${ask.token}` }),
        ...ask.headers,
      },
      ...(ask.body !== undefined && { payload: ask.body as object }),
      ...(ask.ip !== undefined && { remoteAddress: ask.ip }),
    });
    const isJson = String(answer.headers['content-type']).includes('json');
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.payload,
      body: isJson && answer.payload !== '' ? (JSON.parse(answer.payload) as Answer['body']) : {},
    };
  }

  signIn(email: string, password: string, ask: Ask = {}): Promise<Answer> {
    return this.ask('POST', '/api/auth/sign-in/email', { ...ask, body: { email, password } });
  }

  /** Signs in and returns the cookie header to send. */
  async cookieOf(email = SUPERADMIN.email, password = SUPERADMIN.password): Promise<string> {
    const answer = await this.signIn(email, password);
    if (answer.status !== 200) throw new Error(`Sign-in answered ${answer.status}: ${answer.text}`);
    return cookieOf(answer);
  }

  rows(sql: string, params: unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.database.em().execute(sql.replaceAll('$s', 'switchboard'), params);
  }

  async stop(): Promise<void> {
    await this.app.close();
  }
}

/** The cookies that an answer sets, as the header that sends them back. */
export function cookieOf(answer: Answer): string {
  return [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((cookie) => String(cookie).split(';', 1)[0])
    .join('; ');
}
