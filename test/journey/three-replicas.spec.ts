import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { MODELS, type OpenAiUpstream, startOpenAiUpstream } from '../support/openai-upstream.js';
import { within } from '../support/patience.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { hasRedis, TestRedis } from '../support/redis.js';
import { ServerProcess, temporaryFolder } from '../support/server-process.js';

const ADMIN_TOKEN = 'replicas-token-of-at-least-32-characters';
const PAGE = fileURLToPath(new URL('../../docs/operations.md', import.meta.url));
/** What is promised, whatever is changed wherever; before the poll could make up for what was not told. */
const SOON = Math.min(within(2_000), 14_000);

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** One of three processes that share a PostgreSQL and a Redis. */
class Replica {
  constructor(
    readonly server: ServerProcess,
    readonly address: string,
  ) {}

  async ask(method: string, path: string, body?: object, token = ADMIN_TOKEN): Promise<Answer> {
    const answer = await fetch(this.address + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {} };
  }

  async must(method: string, path: string, body?: object, token?: string): Promise<Answer['body']> {
    const answer = await this.ask(method, path, body, token);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  chat(token?: string): Promise<Answer> {
    return this.ask('POST', '/api/admin/ai/chat/send', { message: 'hello' }, token);
  }
}

/** Code that makes a process's wall clock wrong. */
const shiftedBy = (minutes: number) => `const Right = Date;
  const now = () => Right.now() + ${minutes} * 60_000;
  globalThis.Date = class Date extends Right {
    constructor(...given) { if (given.length === 0) super(now()); else super(...given); }
    static now() { return now(); }
  };`;

const suite = hasRedis ? describe : describe.skip;

/**
 * Each check changes something on one replica and looks at all. What it checks is a row of the table in
 * `docs/operations.md`, which is compared in the end.
 */
suite(hasRedis ? 'three replicas' : 'three replicas (skipped: no redis-server on this machine)', () => {
  const folder = temporaryFolder();
  const rows: [what: string, changed: string, seen: string][] = [];
  let postgres: TestPostgres;
  let redis: TestRedis;
  let upstream: OpenAiUpstream;
  let url: string;
  let replicas: Replica[];
  let person: { id: string; token: string };

  beforeAll(async () => {
    postgres = await startPostgres();
    redis = await TestRedis.create();
    await redis.start();
    upstream = await startOpenAiUpstream();
    url = await postgres.createDatabase('three');
    const variables = {
      PORT: '0',
      DATABASE_URL: url,
      REDIS_URL: redis.url,
      SWITCHBOARD_KEYS: Buffer.alloc(32, 5).toString('base64'),
      ADMIN_TOKEN,
      DATA_DIR: folder.path,
      CRON: 'false',
      ALLOW_PRIVATE_UPSTREAMS: `127.0.0.1:${upstream.port}`,
    };
    // At once, on an empty database; the machine of one is five minutes ahead, that of another behind.
    const servers = [0, 5, -5].map((minutes) =>
      ServerProcess.start(variables, '--import', [`data:text/javascript,${shiftedBy(minutes)}`, 'dist/main.js']),
    );
    replicas = await Promise.all(servers.map(async (server) => new Replica(server, await server.ready())));
    await on(0).must('POST', '/api/admin/ai-providers', {
      slug: 'lab',
      name: 'Lab',
      api_base_url: upstream.url,
      api_key: 'sk-lab-shared-key-0001',
      config: { max_retry: 0, timeout: 20, wire: { price_unit: 'usd_per_token' } },
      allow_shared_for_normal_admins: true,
    });
    await on(0).must('POST', '/api/admin/ai-models/sync', { provider: 'lab' });
    await select(0, 'priced');
    person = await invite('someone@example.com');
  }, 180_000);
  afterAll(async () => {
    await ServerProcess.killAll();
    await upstream.stop();
    await redis.remove();
    await postgres.stop();
    folder.remove();
  });

  const on = (index: number) => replicas[index] as Replica;
  const select = (index: number, model_id: string) =>
    on(index).ask('POST', '/api/admin/ai-models/select-model', { provider: 'lab', capability: 'chat', model_id });
  const sql = async <T extends object>(text: string): Promise<T[]> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    const { rows: found } = await client.query<T>(text);
    await client.end();
    return found;
  };

  async function invite(email: string): Promise<{ id: string; token: string }> {
    const password = 'correct horse battery staple';
    const made = await on(0).must('POST', '/api/admin/admins', { email, name: email, role: 'admin', password });
    const { address } = on(0);
    const headers = { 'content-type': 'application/json', origin: address };
    const signIn = await fetch(`${address}/api/auth/sign-in/email`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ email, password }),
    });
    const cookie = signIn.headers
      .getSetCookie()
      .map((one) => one.split(';', 1)[0])
      .join('; ');
    const token = await fetch(`${address}/api/admin/tokens`, {
      method: 'POST',
      headers: { ...headers, cookie },
      body: JSON.stringify({ name: 'all', scopes: ['generate', 'read', 'manage'] }),
    });
    return { id: String(made['id']), token: ((await token.json()) as { token: string }).token };
  }

  /** Waits until every replica says so, no longer than it may take. */
  async function everywhere(claim: (replica: Replica) => Promise<boolean>, milliseconds = SOON): Promise<void> {
    const deadline = performance.now() + milliseconds;
    for (const replica of replicas)
      while (!(await claim(replica))) {
        if (performance.now() > deadline) throw new Error(`${replica.address} does not agree after ${milliseconds} ms`);
        await sleep(20);
      }
  }
  const serves = (model: string) => async (replica: Replica) => {
    const { status, body } = await replica.chat();
    return status === 200 && (body['model'] as { id?: string } | undefined)?.id === model;
  };
  const agreed = (what: string, changed: string, seen: string) => rows.push([what, changed, seen]);

  it('agree on what serves: switched, rolled back, and raced for', async () => {
    expect((await select(0, 'unpriced')).status).toBe(200);
    await everywhere(serves('unpriced'));
    await on(1).must('POST', '/api/admin/ai-models/rollback', { capability: 'chat' });
    await everywhere(serves('priced'));
    agreed('selections', 'switched on one, rolled back on another', 'all serve it within 2 s');

    const race = await Promise.all(
      Array.from({ length: 30 }, (_, index) => select(index % 3, index % 2 ? 'priced' : 'unpriced')),
    );
    expect(race.filter(({ status }) => status !== 200 && status !== 409)).toEqual([]);
    const active = await sql<{ model_id: string }>(
      "select model_id from switchboard.model_selection where capability = 'chat' and owner is null and is_active",
    );
    expect(active).toHaveLength(1);
    await everywhere(serves(active[0]?.model_id ?? ''));
    expect((await select(2, 'priced')).status).toBe(200);
    await everywhere(serves('priced'));
    agreed('selections, raced for', '30 switches on all three at once', 'one is active, all serve that one');
  }, 120_000);

  it('F56 agree on who may: tokens made and revoked, people suspended', async () => {
    const made = await on(1).must('POST', '/api/admin/tokens', { name: 'app', scopes: ['generate'] }, person.token);
    const token = String(made['token']);
    await everywhere(async (replica) => (await replica.chat(token)).status === 200);
    await on(2).must('DELETE', `/api/admin/tokens/${String(made['id'])}`, undefined, person.token);
    await everywhere(async (replica) => (await replica.chat(token)).status === 401);
    agreed('tokens', 'made on one, revoked on another', 'all let it in, all refuse it within 2 s');

    const expiring = async (milliseconds: number) => {
      const expires_at = new Date(Date.now() + milliseconds).toISOString();
      const body = { name: 'short', scopes: ['generate'], expires_at };
      return String((await on(0).must('POST', '/api/admin/tokens', body, person.token))['token']);
    };
    const lasting = await expiring(120_000);
    await everywhere(async (replica) => (await replica.chat(lasting)).status === 200);
    const short = await expiring(3_000);
    await everywhere(async (replica) => (await replica.chat(short)).status === 401, within(5_000));
    expect((await Promise.all(replicas.map((replica) => replica.chat(lasting)))).map(({ status }) => status)).toEqual([
      200, 200, 200,
    ]);
    agreed('clocks', 'one is five minutes ahead, one behind', 'tokens expire on all at the same moment');

    await on(0).must('PATCH', `/api/admin/admins/${person.id}`, { is_suspended: true });
    await everywhere(async (replica) => [401, 403].includes((await replica.chat(person.token)).status));
    await on(1).must('PATCH', `/api/admin/admins/${person.id}`, { is_suspended: false });
    agreed('people', 'suspended on one', 'all refuse their tokens within 2 s');
    // What a suspension ended stays ended: a new person for what follows.
    person = await invite('someone.else@example.com');
  }, 120_000);

  it('agree on limits: 10 of 60 calls get through', async () => {
    await on(0).must('PATCH', `/api/admin/ai-settings/lab?admin_id=${person.id}`, { monthly_limit: 10 });
    await everywhere(async (replica) => {
      const { body } = await replica.ask('GET', '/api/admin/ai-settings', undefined, person.token);
      const mine = (body['data'] as Record<string, unknown>[] | undefined)?.find((row) => row['provider'] === 'lab');
      return mine?.['monthly_limit'] === 10;
    });
    upstream.calls.length = 0;
    upstream.delayMs = 50;
    const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => on(index % 3).chat(person.token)));
    upstream.delayMs = 0;
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(answers.filter(({ body }) => body['code'] === 'limit_exceeded')).toHaveLength(50);
    expect(upstream.calls).toHaveLength(10);
    agreed('limits', 'set on one; 60 calls on all three at once', 'exactly 10 of 10 get through');
  }, 120_000);

  it('agree on keys and providers', async () => {
    await on(2).must('PUT', '/api/admin/ai-providers/lab/shared-key', { api_key: 'sk-lab-shared-key-0002' });
    await everywhere(async (replica) => {
      await replica.chat();
      return upstream.calls.at(-1)?.key === 'sk-lab-shared-key-0002';
    });
    agreed('keys', 'replaced on one', 'all call with the new one within 2 s');

    const shows = (field: string, value: unknown) => async (replica: Replica) =>
      (await replica.must('GET', '/api/admin/ai-providers/lab'))[field] === value;
    await on(1).must('PATCH', '/api/admin/ai-providers/lab', { display_name: 'The lab', is_active: false });
    await everywhere(shows('display_name', 'The lab'));
    await everywhere(async (replica) => (await replica.chat()).status >= 400);
    await on(0).must('PATCH', '/api/admin/ai-providers/lab', { is_active: true });
    await everywhere(serves('priced'));
    agreed('providers', 'renamed and switched off on one, on again on another', 'all show it and heed it within 2 s');

    upstream.models = [...MODELS, { id: 'new-one', name: 'New one', context_length: 8000 }];
    await on(2).must('POST', '/api/admin/ai-models/sync', { provider: 'lab' });
    await everywhere(async (replica) => {
      const path = '/api/admin/ai-models/browse-models?provider=lab&capability=chat';
      return JSON.stringify(await replica.must('GET', path)).includes('"new-one"');
    });
    agreed('catalogs', 'synced on one', 'all offer the new model within 2 s');

    await sql("update switchboard.provider set display_name = 'Behind their backs' where slug = 'lab'");
    await on(1).must('POST', '/api/admin/ai/dashboard/cache/clear');
    await everywhere(shows('display_name', 'Behind their backs'));
    agreed('caches', 'cleared on one, after an edit in the database itself', 'all read it anew within 2 s');
  }, 120_000);

  it('F54 agree without Redis, and without one of them; the ledger has every call once', async () => {
    redis.freeze();
    expect((await select(0, 'unpriced')).status).toBe(200);
    await everywhere(serves('unpriced'), within(5_000));
    redis.thaw();
    agreed('a Redis that hangs', 'model switched meanwhile', 'all serve it: Redis is never needed');

    const [lost] = replicas.splice(0, 1);
    await lost?.server.stop('SIGKILL');
    expect((await select(0, 'priced')).status).toBe(200);
    await everywhere(serves('priced'));
    agreed('a replica that is killed', 'model switched on another', 'the others serve it within 2 s');

    const totals = async () =>
      Promise.all(
        replicas.map(async (replica) => (await replica.must('GET', '/api/admin/ai/generations?limit=1'))['total']),
      );
    const deadline = performance.now() + within(3_000);
    let seen = await totals();
    const inDatabase = async () =>
      (await sql<{ count: string }>('select count(*) from switchboard.generation'))[0]?.count;
    while (seen.some((total) => total !== seen[0]) || Number(await inDatabase()) !== seen[0]) {
      if (performance.now() > deadline) throw new Error(`The ledgers differ: ${String(seen)}`);
      await sleep(50);
      seen = await totals();
    }
    const twice = await sql('select request_id from switchboard.generation group by 1 having count(*) > 1');
    expect(twice).toEqual([]);
    agreed('the ledger', 'calls on all three', 'all show the same rows, each call once');
  }, 120_000);

  it('are told about in the documentation, row by row', () => {
    const cells = (line: string) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
    const page = readFileSync(PAGE, 'utf8').split('\n');
    const start = page.findIndex((line) => /^\| what +\| changed/.test(line));
    const length = page.slice(start).findIndex((line) => !line.startsWith('|'));
    expect(page.slice(start + 2, start + length).map(cells)).toEqual(rows);
  });
});
