/** `npm run bench`: alternating passes over every target, medians, ratios. See README.md. */
import { performance } from 'node:perf_hooks';
import { percentiles, run } from './load.js';
import { startBare, startPortkey, startSwitchboard, startUpstream } from './targets.js';

const PASSES = Number(process.env.BENCH_PASSES ?? 5);
const SCALE = Number(process.env.BENCH_SCALE ?? 1);
const only = process.env.BENCH_ONLY?.split(',');

const chat = (extra = {}, prompt = 'Say sixty-four words, please.') =>
  Buffer.from(JSON.stringify({ model: 'chat', ...extra, messages: [{ role: 'user', content: prompt }] }));
const CHAT = '/v1/chat/completions';
const SCENARIOS = [
  ...[1, 16, 64, 256].map((concurrency) => ({
    name: `JSON c=${concurrency}`,
    path: CHAT,
    body: chat(),
    concurrency,
    requests: 3000,
  })),
  {
    name: '64 KiB prompt c=16',
    path: CHAT,
    body: chat({}, 'A line of a long prompt.\n'.repeat(2621)),
    concurrency: 16,
    requests: 1500,
  },
  { name: 'SSE 100 events c=16', path: CHAT, body: chat({ stream: true }), concurrency: 16, requests: 300 },
  { name: 'paced SSE c=32', path: CHAT, body: chat({ stream: true, user: 'paced' }), concurrency: 32, requests: 64 },
  {
    name: 'image 1 MiB c=4',
    path: '/v1/images/generations',
    body: Buffer.from('{"model":"image","prompt":"x"}'),
    concurrency: 4,
    requests: 100,
  },
  {
    name: 'audio 256 KiB c=4',
    path: '/v1/audio/speech',
    body: Buffer.from('{"model":"audio","input":"x","voice":"a"}'),
    concurrency: 4,
    requests: 200,
  },
].filter(({ name }) => only === undefined || only.some((part) => name.includes(part)));

const upstream = await startUpstream();
const starters = [startBare, startSwitchboard, ...(process.env.BENCH_PEER === 'off' ? [] : [startPortkey])];
const targets = [];
for (const start of starters) targets.push(await start(upstream.origin));
if (targets.at(-1) === null) targets.pop();

try {
  for (const scenario of SCENARIOS) report(scenario, await measure(scenario));
  if (only === undefined || only.includes('hold')) await hold(targets.find(({ name }) => name === 'switchboard'));
} finally {
  await Promise.all(targets.map((target) => target.stop()));
  upstream.stop();
}

async function measure(scenario) {
  const results = new Map(targets.map(({ name }) => [name, []]));
  const requests = Math.ceil(scenario.requests * SCALE);
  for (let pass = -1; pass < PASSES; pass += 1)
    for (const target of targets) {
      const isProfiled = process.env.BENCH_CPU_PROFILE !== undefined && pass === PASSES - 1;
      if (isProfiled) await target.profile();
      const before = await target.report();
      const outcome = await run({ ...scenario, ...target, requests: pass < 0 ? requests * 2 : requests });
      // Settling goes on for a moment after the answers.
      await new Promise((resolve) => setTimeout(resolve, 350));
      const after = await target.report();
      if (isProfiled) await target.profile(`${target.name} ${scenario.name}`.replace(/\W+/g, '-'));
      // The first pass warms up: what matters is what a server costs that has run for a while.
      if (pass >= 0)
        results.get(target.name).push({ ...outcome, cpu: (after.cpu - before.cpu) / requests, rss: after.rss });
    }
  return results;
}

function report(scenario, results) {
  const of = (name, pick) => percentiles((results.get(name) ?? []).map(pick)).p50;
  console.log(`\n${scenario.name}`);
  for (const name of results.keys()) {
    const cpu = of(name, (each) => each.cpu);
    console.log(
      `  ${name.padEnd(15)} ${cpu.toFixed(1).padStart(8)} µs CPU/request  ` +
        `${(cpu / of('bare node:http', (each) => each.cpu)).toFixed(2).padStart(6)}× bare  ` +
        `p50 ${of(name, (each) => each.latency.p50).toFixed(2)} p99 ${of(name, (each) => each.latency.p99).toFixed(2)} ms  ` +
        `TTFB p50 ${of(name, (each) => each.firstByte.p50).toFixed(2)} ms  ` +
        `RSS ${(of(name, (each) => each.rss) / 2 ** 20).toFixed(0)} MB  errors ${of(name, (each) => each.errors)}`,
    );
  }
  const [ours, peer] = ['switchboard', 'portkey'].map((name) => of(name, (each) => each.cpu));
  if (results.has('portkey')) console.log(`  switchboard / portkey: ${(ours / peer).toFixed(2)}`);
}

/** A thousand paced streams at once. */
async function hold(target) {
  const body = chat({ stream: true, user: 'paced' });
  const started = performance.now();
  let peak = 0;
  const timer = setInterval(async () => (peak = Math.max(peak, (await target.report()).rss)), 250);
  const { errors, firstByte } = await run({ ...target, path: CHAT, body, concurrency: 1000, requests: 1000 });
  clearInterval(timer);
  console.log(
    `\n1,000 paced streams at once: ${errors} errors, TTFB p50 ${firstByte.p50.toFixed(1)} p99 ${firstByte.p99.toFixed(1)} ms, ` +
      `RSS at most ${(peak / 2 ** 20).toFixed(0)} MB, ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
}
