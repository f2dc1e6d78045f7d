import type { LoggerService } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readEnvironment, type SwitchboardSettings } from '../../src/core/config/index.js';
import { Database } from '../../src/core/database/index.js';
import { createServer } from '../../src/server.js';
import type { OpenAiUpstream } from './openai-upstream.js';
import { Evidence } from './canary-scan.js';
import { MEMORY_DATABASE } from './memory-database.js';
import { dumpTables } from './table-dump.js';

export const ADMIN_TOKEN = 'lab-admin-token-of-at-least-32-characters';
/** 32 bytes, base64; worth nothing outside of tests. */
export const ENCRYPTION_KEY = Buffer.alloc(32, 7).toString('base64');

export interface LabAnswer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly text: string;
  /** `{}` where the answer is no JSON. */
  readonly body: Record<string, unknown> & { readonly data: readonly Record<string, unknown>[] };
}

export interface LabOptions {
  /** A PostgreSQL URL; without it the database is in memory. */
  readonly url?: string;
  readonly upstream?: OpenAiUpstream;
  readonly keys?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly overrides?: Partial<SwitchboardSettings>;
  readonly logger?: LoggerService | false;
}

const SHARED_KEY = 'sk-lab-shared-key-0001';
const PERSON_PASSWORD = 'correct horse battery staple';

/**
 * The whole server in this process. Whatever it logs, answers and stores is gathered, and `stop` fails when a secret is
 * in it that the lab planted (A39): its tokens, passwords, keys and encryption keys.
 */
export class SwitchboardLab {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly database: Database,
    private readonly evidence: Evidence,
  ) {}

  static async start(options: LabOptions = {}): Promise<SwitchboardLab> {
    const { url, upstream, keys = [ENCRYPTION_KEY] } = options;
    const variables = {
      ADMIN_TOKEN,
      SWITCHBOARD_KEYS: keys.join(','),
      CRON: 'false',
      ...(url === undefined ? {} : { DATABASE_URL: url }),
      ...(upstream === undefined ? {} : { ALLOW_PRIVATE_UPSTREAMS: `127.0.0.1:${upstream.port}` }),
      ...options.variables,
    };
    const evidence = new Evidence();
    evidence.plant('ADMIN_TOKEN', variables['ADMIN_TOKEN']);
    for (const key of keys) evidence.plant('SWITCHBOARD_KEYS', key);
    evidence.plant('shared key', SHARED_KEY);
    evidence.plant('password', PERSON_PASSWORD);
    const app = await createServer(readEnvironment(variables), variables, {
      logger: options.logger ?? gathering(evidence),
      overrides: { ...(url === undefined ? { database: MEMORY_DATABASE } : {}), ...options.overrides },
    });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new SwitchboardLab(app, app.get(Database, { strict: false }), evidence);
  }

  async ask(method: string, path: string, body?: unknown, token: string | null = ADMIN_TOKEN): Promise<LabAnswer> {
    const answer = await this.app.inject({
      method: method as 'GET',
      url: path,
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    this.evidence.note('answers', JSON.stringify(answer.headers) + answer.payload);
    const isJson = String(answer.headers['content-type']).includes('json');
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.payload,
      body: (isJson && answer.payload !== '' ? JSON.parse(answer.payload) : {}) as LabAnswer['body'],
    };
  }

  /** As `ask`, and the status has to be one of success. */
  async must(method: string, path: string, body?: unknown, token?: string): Promise<LabAnswer> {
    const answer = await this.ask(method, path, body, token);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return answer;
  }

  /** A provider `lab` at the upstream, with a shared key and the model `priced` serving chat. */
  async plugIn(upstream: OpenAiUpstream, fields: Record<string, unknown> = {}): Promise<void> {
    await this.must('POST', '/api/admin/ai-providers', {
      slug: 'lab',
      name: 'Lab',
      api_base_url: upstream.url,
      api_key: SHARED_KEY,
      config: { max_retry: 0, timeout: 20, wire: { price_unit: 'usd_per_token' } },
      allow_shared_for_normal_admins: true,
      ...fields,
    });
    await this.must('POST', '/api/admin/ai-models/sync', { provider: 'lab' });
    await this.must('POST', '/api/admin/ai-models/select-model', {
      provider: 'lab',
      capability: 'chat',
      model_id: 'priced',
    });
  }

  chat(token: string = ADMIN_TOKEN, fields: Record<string, unknown> = {}): Promise<LabAnswer> {
    return this.ask('POST', '/api/admin/ai/chat/send', { message: 'hello', ...fields }, token);
  }

  /** A person with a token of hers. */
  async person(email: string, role: 'admin' | 'superadmin' = 'admin'): Promise<{ id: string; token: string }> {
    const password = PERSON_PASSWORD;
    const made = await this.must('POST', '/api/admin/admins', { email, name: email, role, password });
    const signedIn = await this.app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      payload: { email, password },
    });
    const cookie = [signedIn.headers['set-cookie'] ?? []]
      .flat()
      .map((one) => one.split(';', 1)[0])
      .join('; ');
    const token = await this.app.inject({
      method: 'POST',
      url: '/api/admin/tokens',
      headers: { cookie, origin: 'http://localhost:80', host: 'localhost:80' },
      payload: { name: 'all', scopes: ['generate', 'read', 'manage'] },
    });
    if (token.statusCode !== 201) throw new Error(`POST tokens answered ${token.statusCode}: ${token.payload}`);
    const secret = (JSON.parse(token.payload) as { token: string }).token;
    this.evidence.plant(`token of ${email}`, secret);
    const session = /session_token=([^;]+)/.exec(cookie)?.[1];
    this.evidence.plant(`session of ${email}`, decodeURIComponent(session ?? '').split('.', 1)[0] ?? '');
    return { id: String(made.body['id']), token: secret };
  }

  rows(sql: string, params: unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.database.em().execute(sql.replaceAll('$s', 'switchboard'), params);
  }

  /** @throws Error when a planted secret is in what it logged, answered or stored */
  async stop(): Promise<void> {
    const rows = await dumpTables(this.database).catch(() => []); // a test may have taken the database away
    await this.app.close();
    for (const row of rows) this.evidence.note('database', row);
    this.evidence.requireClean();
  }
}

/** Logs of every level, before the log's own redaction. */
function gathering(evidence: Evidence): LoggerService {
  const take = (...parts: unknown[]) =>
    evidence.note(
      'logs',
      parts.map((part) => (part instanceof Error ? String(part.stack) : JSON.stringify(part))).join(' '),
    );
  return { log: take, error: take, warn: take, debug: take, verbose: take, fatal: take };
}

/** Waits until `check` answers something true, at most `milliseconds`. */
export async function until<T>(check: () => Promise<T | false | undefined>, milliseconds = 10_000): Promise<T> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const value = await check();
    if (value !== false && value !== undefined) return value;
    if (performance.now() > deadline) throw new Error('It did not come to pass in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
