import { request } from 'node:http';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { chunk, type OpenAiUpstream, startOpenAiUpstream, USAGE } from '../support/openai-upstream.js';
import { freePort, startPostgres, type TestPostgres } from '../support/postgres.js';
import { ServerProcess, temporaryFolder } from '../support/server-process.js';
import { eventsOf } from '../support/test-server.js';
import { within } from '../support/patience.js';

const ADMIN_TOKEN = 'operations-token-of-at-least-32-characters';
const KEY = Buffer.alloc(32, 5).toString('base64');
const HEADERS = { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' };

const opened = (host: string, port: number) =>
  new Promise<Socket>((resolve, reject) => {
    const socket = connect(port, host, () => resolve(socket)).once('error', reject);
    socket.on('error', () => undefined);
  });

describe('shutting down', () => {
  const folder = temporaryFolder();
  let postgres: TestPostgres;
  let upstream: OpenAiUpstream;
  let database = 0;
  let url: string;

  beforeAll(async () => {
    postgres = await startPostgres();
    upstream = await startOpenAiUpstream();
  });
  afterEach(() => ServerProcess.killAll());
  afterAll(async () => {
    await upstream.stop();
    await postgres.stop();
    folder.remove();
  });

  async function start(variables: Record<string, string> = {}): Promise<{ server: ServerProcess; address: string }> {
    url = await postgres.createDatabase(`operations_${(database += 1)}`);
    return boot(url, variables);
  }

  /** @param before code that the process runs first */
  async function boot(databaseUrl: string, variables: Record<string, string> = {}, before = '') {
    const settings = {
      PORT: '0',
      DATABASE_URL: databaseUrl,
      SWITCHBOARD_KEYS: KEY,
      ADMIN_TOKEN,
      DATA_DIR: folder.path,
      CRON: 'false',
      ALLOW_PRIVATE_UPSTREAMS: `127.0.0.1:${upstream.port}`,
      ...variables,
    };
    const server = ServerProcess.start(settings, '--import', [`data:text/javascript,${before}`, 'dist/main.js']);
    return { server, address: await server.ready(60_000) };
  }

  async function plugIn(address: string): Promise<void> {
    const must = async (method: string, path: string, body: object) => {
      const answer = await fetch(address + path, { method, headers: HEADERS, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(await answer.text());
    };
    await must('POST', '/api/admin/ai-providers', {
      slug: 'lab',
      name: 'Lab',
      api_base_url: upstream.url,
      api_key: 'sk-lab-shared-key-0001',
      config: { max_retry: 0, timeout: 60 },
    });
    await must('POST', '/api/admin/ai-models/sync', { provider: 'lab' });
    await must('POST', '/api/admin/ai-models/select-model', {
      provider: 'lab',
      capability: 'chat',
      model_id: 'priced',
    });
  }

  const chat = (address: string, message: string, stream: boolean) =>
    fetch(`${address}/api/admin/ai/chat/send`, {
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify({ message, stream }),
    });

  const complete = (address: string, content: string) =>
    fetch(`${address}/v1/chat/completions`, {
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify({ model: 'chat', messages: [{ role: 'user', content }], stream: true }),
    });

  /** "short" ends a second after the signal, "long" never. */
  function answerSlowly(): void {
    upstream.answering = async ({ body }, response: ServerResponse) => {
      const isShort = JSON.stringify(body['messages']).includes('short');
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (let sent = 0; !response.destroyed && (!isShort || sent < 10); sent += 1) {
        response.write(chunk({ content: `${sent} ` }));
        await sleep(100);
      }
      if (!response.destroyed)
        response.end(`${chunk({}, 'stop')}data: ${JSON.stringify({ choices: [], usage: USAGE })}\n\ndata: [DONE]\n\n`);
      return true;
    };
  }

  it('F49 is not held up by connections that ask for nothing, or are slow to say what', async () => {
    const { server, address } = await start({ DRAIN_TIMEOUT: '1' });
    const { hostname, port } = new URL(address);
    const silent = await opened(hostname, Number(port));
    const slow = await opened(hostname, Number(port));
    slow.write('POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n');
    expect((await fetch(`${address}/health/live`)).status).toBe(200);
    expect(await server.stop()).toBe(0);
    expect(server.output).not.toContain('took too long');
    for (const socket of [silent, slow]) socket.destroy();
  });

  it('F49 lets 50 running streams finish or end with an error frame, writes the ledger, exits 0', async () => {
    const { server, address } = await start({ DRAIN_TIMEOUT: '3' });
    await plugIn(address);
    answerSlowly();
    const wish = (index: number) => (index % 2 ? 'short' : 'long');
    const streams = Array.from({ length: 30 }, (_, index) => chat(address, wish(index), true));
    const completions = Array.from({ length: 20 }, (_, index) => complete(address, wish(index)));
    const bodies = (await Promise.all(streams)).map((answer) => answer.text());
    const chunks = (await Promise.all(completions)).map((answer) => answer.text());

    server.child.kill('SIGTERM');
    await sleep(150);
    const ready = await fetch(`${address}/health/ready`);
    expect([ready.status, ready.headers.get('connection')]).toEqual([503, 'close']);
    expect(await ready.json()).toMatchObject({ checks: { database: 'ok', server: 'draining' } });
    expect((await fetch(`${address}/health/live`)).status).toBe(200);
    const late = await chat(address, 'short', false);
    expect([late.status, late.headers.get('connection'), late.headers.get('retry-after')]).toEqual([503, 'close', '1']);
    expect(await late.json()).toMatchObject({ code: 'service_unavailable' });
    const lateCompletion = await complete(address, 'short');
    expect(await lateCompletion.json()).toMatchObject({ error: { code: 'service_unavailable' } });

    const ends = (await Promise.all(bodies)).map((text) => eventsOf(text).at(-1));
    expect(ends.filter((end) => end?.event === 'done')).toHaveLength(15);
    const broken = ends.filter((end) => end?.event === 'error');
    expect(broken.map(({ data }: { data?: Record<string, unknown> } = {}) => data?.['code'])).toEqual(
      Array.from({ length: 15 }, () => 'service_unavailable'),
    );
    const last = (await Promise.all(chunks)).map((text) => text.trim().split('\n\n').at(-1));
    expect(last.filter((line) => line === 'data: [DONE]')).toHaveLength(10);
    expect(last.filter((line) => line?.includes('"code":"service_unavailable"'))).toHaveLength(10);
    expect(await server.exited).toBe(0);

    const client = new Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<{ status: string; error_code: string | null; count: string }>(
      'select status, error_code, count(*) from switchboard.generation group by 1, 2 order by 1',
    );
    await client.end();
    expect(rows).toEqual([
      { status: 'error', error_code: 'service_unavailable', count: '25' },
      { status: 'ok', error_code: null, count: '25' },
    ]);
  }, 120_000);

  it('F50 ends at once on a second SIGTERM', async () => {
    const { server, address } = await start({ DRAIN_TIMEOUT: '60' });
    await plugIn(address);
    answerSlowly();
    const stream = await chat(address, 'long', true);
    const body = stream.text().catch(() => 'cut');
    server.child.kill('SIGTERM');
    server.child.kill('SIGTERM'); // the twin that npm makes
    await sleep(700);
    expect(server.child.exitCode).toBeNull();
    const second = performance.now();
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(143);
    expect(performance.now() - second).toBeLessThan(within(2_000));
    await body;
  }, 120_000);

  it.each([
    ['an exception', "process.on('SIGUSR2', () => { throw new Error('of a riddle'); })"],
    ['a rejection', "process.on('SIGUSR2', () => { Promise.reject(new Error('of a riddle')); })"],
  ])(
    'F53 ends after %s that nobody caught: tells it, drains, exits 1',
    async (_name, trap) => {
      url = await postgres.createDatabase(`operations_${(database += 1)}`);
      const { server, address } = await boot(url, { DRAIN_TIMEOUT: '30' }, trap);
      await plugIn(address);
      answerSlowly();
      const stream = await chat(address, 'short', true);
      server.child.kill('SIGUSR2');
      let ready = 200;
      while (ready === 200) ready = await status(`${address}/health/ready`);
      expect(ready).toBe(503);
      // Whoever was being answered still is.
      expect(eventsOf(await stream.text()).at(-1)?.event).toBe('done');
      expect(await server.exited).toBe(1);
      const told = server.output.split('\n').filter((line) => line.includes('Nobody caught this'));
      expect(told).toHaveLength(1);
      expect(JSON.parse(told[0] ?? '')).toMatchObject({ level: 'fatal', err: expect.stringContaining('of a riddle') });
      const client = new Client({ connectionString: url });
      await client.connect();
      const { rows } = await client.query('select status from switchboard.generation');
      await client.end();
      expect(rows).toEqual([{ status: 'ok' }]);
    },
    120_000,
  );

  it('fails no request of a rolling restart of two replicas behind a proxy that heeds readiness', async () => {
    upstream.answering = () => undefined;
    upstream.delayMs = 20;
    const first = await start({ DRAIN_TIMEOUT: '10' });
    await plugIn(first.address);
    const replicas = [first, await boot(url, { DRAIN_TIMEOUT: '10' })];
    let next = 0;
    const isReady = (address: string) =>
      fetch(`${address}/health/ready`).then(
        ({ status }) => status === 200,
        () => false,
      );
    /** A tiny proxy: takes the next ready replica, and another one where that refuses what it has not begun. */
    const ask = async (): Promise<number> => {
      const turn = (next += 1);
      for (let attempt = 0; attempt < 4; attempt += 1) {
        const { address } = healthy[(turn + attempt) % healthy.length] ?? {};
        const status = await postOnce(`${address}/api/admin/ai/chat/send`);
        if (status !== 503) return status;
        await sleep(50); // as long as the proxy may not have seen yet who left
      }
      return 503;
    };
    let healthy = [...replicas];
    const probing = async () => {
      while (!isOver) {
        const states = await Promise.all(replicas.map(({ address }) => isReady(address)));
        healthy = replicas.filter((_, index) => states[index]);
        await sleep(100);
      }
    };
    const statuses: number[] = [];
    let isOver = false;
    const load = Array.from({ length: 4 }, async () => {
      while (!isOver) statuses.push(await ask());
    });
    const watch = probing();
    for (const index of [0, 1]) {
      const old = replicas[index];
      if (old === undefined) throw new Error('no replica');
      old.server.child.kill('SIGTERM');
      expect(await old.server.exited).toBe(0);
      const fresh = await boot(url, { DRAIN_TIMEOUT: '10' });
      replicas[index] = fresh;
      while (!healthy.includes(fresh)) await sleep(20);
    }
    isOver = true;
    await Promise.all([...load, watch]);
    upstream.delayMs = 0;
    expect(statuses.length).toBeGreaterThan(50);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
  }, 180_000);

  it('F28 is alive and not ready while it waits for its database, then exits with one clear line', async () => {
    const port = await freePort();
    const server = ServerProcess.start({
      PORT: String(port),
      DATABASE_URL: `postgresql://nobody:hidden-password@127.0.0.1:${await freePort()}/none`,
      DATABASE_CONNECT_TIMEOUT: '4',
      SWITCHBOARD_KEYS: KEY,
      DATA_DIR: folder.path,
    });
    const seen: number[][] = [];
    while (server.child.exitCode === null) {
      const probe = (path: string) => status(`http://127.0.0.1:${port}${path}`);
      const pair = await Promise.all([probe('/health/live'), probe('/health/ready')]);
      if (pair.every((one) => one > 0)) seen.push(pair);
      await sleep(100);
    }
    expect(seen.length).toBeGreaterThan(3);
    expect(new Set(seen.map(String))).toEqual(new Set(['200,503']));
    expect(await server.exited).toBe(1);
    expect(server.lines()).toHaveLength(1);
    expect(server.output).not.toContain('hidden-password');
  });

  it('F64 goes on when whoever read its log went away; tells each request in one line before', async () => {
    const { server, address } = await start({ LOG_LEVEL: 'info' });
    await fetch(`${address}/api/admin/ai-providers/openai?capability=chat`, {
      headers: { ...HEADERS, 'x-request-id': 'seen-in-the-log' },
    });
    await sleep(300);
    const lines = server.output.split('\n').filter((line) => line.includes('seen-in-the-log'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'info',
      request_id: 'seen-in-the-log',
      method: 'GET',
      route: '/api/admin/ai-providers/:slug',
      status: 200,
    });
    expect(lines[0]).not.toContain('capability=');
    expect(server.output).not.toContain('RouterExplorer');
    expect(server.output).not.toContain(ADMIN_TOKEN);

    server.child.stdout?.destroy();
    server.child.stderr?.destroy();
    for (let call = 0; call < 5; call += 1) {
      expect((await fetch(`${address}/api/admin/ai-providers`, { headers: HEADERS })).status).toBe(200);
      await sleep(50);
    }
    expect(await server.stop()).toBe(0);
  });
});

/** Status of a chat over a connection of its own; 503 as well when nobody listens, 0 when it broke off. */
function postOnce(target: string): Promise<number> {
  return new Promise((resolve) => {
    request(target, { method: 'POST', agent: false, headers: HEADERS }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0)).once('error', () => resolve(0));
    })
      .on('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED' ? 503 : 0))
      .end(JSON.stringify({ message: 'hello' }));
  });
}

/** Status of a GET; 0 when nobody answers. */
function status(target: string): Promise<number> {
  return new Promise((resolve) => {
    request(target, { agent: false, timeout: 2_000 }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', () => resolve(0))
      .end();
  });
}
