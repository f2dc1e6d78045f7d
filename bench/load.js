/** Closed-loop load: `concurrency` connections, each sending its next request when the last answer is complete. */
import { Pool } from 'undici';

/**
 * @param {{ origin: string, path: string, headers: Record<string, string>, body: Buffer, concurrency: number, requests: number }} job
 */
export async function run({ origin, path, headers, body, concurrency, requests }) {
  const pool = new Pool(origin, { connections: concurrency, pipelining: 1 });
  const latencies = [];
  const firstBytes = [];
  let errors = 0;
  let left = requests;
  const worker = async () => {
    while (left-- > 0) {
      const started = performance.now();
      const outcome = await once(pool, path, headers, body, started);
      if (outcome.isGood) {
        latencies.push(performance.now() - started);
        firstBytes.push(outcome.firstByte);
      } else errors += 1;
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: concurrency }, worker));
  const seconds = (performance.now() - began) / 1000;
  await pool.close();
  return { perSecond: requests / seconds, errors, latency: percentiles(latencies), firstByte: percentiles(firstBytes) };
}

function once(pool, path, headers, body, started) {
  return new Promise((resolve) => {
    let status = 0;
    let firstByte = 0;
    pool.dispatch(
      { path, method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body },
      {
        onRequestStart() {},
        onResponseStart(_controller, code) {
          status = code;
        },
        onResponseData() {
          firstByte ||= performance.now() - started;
        },
        onResponseEnd() {
          resolve({ isGood: status === 200, firstByte });
        },
        onResponseError() {
          resolve({ isGood: false, firstByte });
        },
      },
    );
  });
}

export function percentiles(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
