/** Minutes of mixed load, and what is left after them. See the README beside `bench`. */
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Load } from './load.js';
import { query, startPostgres, startServer } from './server.js';
import { startUpstream } from './upstream.js';

const MINUTES = Number(process.env.SOAK_MINUTES ?? 20);
const RATE = Number(process.env.SOAK_RATE ?? 40);
/** The database is stopped for so long in the middle; 0: not at all. */
const OUTAGE_SECONDS = Number(process.env.SOAK_OUTAGE_SECONDS ?? 0);
/** The first part of the run, in which caches fill and code is compiled. */
const WARM_UP = 0.25;
/** Growth over the rest of the run that still counts as none: collections come when they like. */
const FLAT = 0.1;
const SAMPLE_MS = 5_000;

const upstream = await startUpstream();
const postgres = await startPostgres();
const server = await startServer({ url: postgres.url, upstreamPort: upstream.port });
const load = new Load({ origin: server.origin, tokens: server.tokens, arrivals: upstream.arrivals });
const started = performance.now();
const samples = [];
const sampling = setInterval(() => {
  if (server.isAlive()) samples.push({ minutes: (performance.now() - started) / 60_000, rss: server.rss() });
}, SAMPLE_MS);
console.log(
  `${MINUTES} minutes at ${RATE} requests per second${OUTAGE_SECONDS ? `, the database away for ${OUTAGE_SECONDS} s` : ''}`,
);
const telling = setInterval(() => {
  console.log(
    `${((performance.now() - started) / 60_000).toFixed(1)} min, RSS ${server.rss().toFixed(0)} MB, ${JSON.stringify(load.counts)}`,
  );
}, 60_000);

await Promise.all([load.run(RATE, MINUTES * 60_000), outage()]);
clearInterval(sampling);
clearInterval(telling);
const isAlive = server.isAlive();
// Reservations of callers who left are settled with their rows; a lease would take 20 s.
const left = await settled(60_000);
const exit = await server.stop();
const rows = await query(postgres.url, 'select request_id, status, error_code from switchboard.generation');
const daily = await query(postgres.url, 'select sum(requests)::int as n from switchboard.usage_daily');
await postgres.stop();
await upstream.stop();

const warm = samples.filter(({ minutes }) => minutes > MINUTES * WARM_UP);
const slope = slopeOf(warm);
const growth = (slope * MINUTES * (1 - WARM_UP)) / median(warm.map(({ rss }) => rss));
const rejections = server.log.filter((line) => /unhandled|uncaught/i.test(line));
const ids = rows.map(({ request_id: id }) => id);
const known = new Set(ids);
const missing = [...load.ids].filter((id) => !known.has(id));
const twice = ids.length - new Set(ids.map((id) => id.split('~')[0])).size;
const checks = [
  [
    `memory after the warm-up: ${slope.toFixed(2)} MB per minute, ${(growth * 100).toFixed(1)} % over the rest; median ${median(warm.map(({ rss }) => rss)).toFixed(0)} MB, highest ${Math.max(...samples.map(({ rss }) => rss)).toFixed(0)} MB`,
    growth < FLAT,
  ],
  [`unhandled rejections and uncaught exceptions in the log: ${rejections.length}`, rejections.length === 0],
  [
    `requests ${load.ids.size}, ledger rows ${rows.length}, without a row ${missing.length}, twice ${twice}, in the rollups ${daily[0].n}`,
    missing.length === 0 && twice === 0 && rows.length === load.ids.size && daily[0].n === rows.length,
  ],
  [
    `reservations left: ${left.reservations}, reserved in counters: ${left.reserved}`,
    left.reservations === 0 && left.reserved === 0,
  ],
  [`the server lived to the end and ended with ${exit}`, isAlive && exit === 0],
];
const statuses = {};
for (const { status, error_code: code } of rows) statuses[code ?? status] = (statuses[code ?? status] ?? 0) + 1;
console.log(`asked: ${JSON.stringify(load.counts)}`);
console.log(`rows: ${JSON.stringify(statuses)}`);
const levels = {};
for (const line of server.log)
  levels[/"msg":"([^"]{0,60})/.exec(line)?.[1] ?? line.slice(0, 60)] =
    (levels[/"msg":"([^"]{0,60})/.exec(line)?.[1] ?? line.slice(0, 60)] ?? 0) + 1;
console.log('log:', JSON.stringify(levels, null, 1));
if (process.env.SOAK_LOG) writeFileSync(process.env.SOAK_LOG, server.log.join('\n'));
for (const [text, isWell] of checks) console.log(`${isWell ? 'ok  ' : 'FAIL'} ${text}`);
process.exitCode = checks.every(([, isWell]) => isWell) ? 0 : 1;

async function outage() {
  if (OUTAGE_SECONDS === 0) return;
  await sleep(MINUTES * 30_000);
  await postgres.halt();
  await sleep(OUTAGE_SECONDS * 1000);
  await postgres.resume();
}

async function settled(milliseconds) {
  for (const end = performance.now() + milliseconds; ; await sleep(500)) {
    const [row] = await query(
      postgres.url,
      `select (select count(*)::int from switchboard.usage_reservation) as reservations,
              (select coalesce(sum(abs(reserved_requests)), 0)::int from switchboard.usage_counter) as reserved`,
    );
    if ((row.reservations === 0 && row.reserved === 0) || performance.now() > end) return row;
  }
}

/** Least squares, in megabytes per minute. */
function slopeOf(points) {
  const mean = (pick) => points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [x, y] = [mean(({ minutes }) => minutes), mean(({ rss }) => rss)];
  const above = points.reduce((sum, { minutes, rss }) => sum + (minutes - x) * (rss - y), 0);
  return above / points.reduce((sum, { minutes }) => sum + (minutes - x) ** 2, 0);
}

function median(values) {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
}
