/** Preloaded into every target: tells its CPU time and memory when asked, and keeps a profile where one is wanted. */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';

const folder = process.env.BENCH_CPU_PROFILE;
const session = new Session();

process.on('message', (message) => {
  if (message === 'report') {
    const { user, system } = process.cpuUsage();
    process.send({ cpu: user + system, rss: process.memoryUsage.rss() });
  } else if (message === 'profile begin') void begin();
  else if (message.end) void end(message.end);
});
process.channel?.unref();

async function begin() {
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  process.send({ isProfiling: true });
}

async function end(name) {
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  writeFileSync(join(folder, `${name}.cpuprofile`), JSON.stringify(profile));
  process.send({ isProfiling: false });
}
