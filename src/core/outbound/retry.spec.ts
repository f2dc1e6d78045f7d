import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SwitchboardError } from '../errors/index.js';
import { parseRetryAfter, retryDelayMs, type RetryOptions, withRetries } from './retry.js';

const limited = (retryAfterSeconds?: number) =>
  new SwitchboardError(
    'upstream_rate_limited',
    'slow down',
    retryAfterSeconds === undefined ? {} : { retryAfterSeconds },
  );

/** Fails with each error in turn, then succeeds; notes the waits instead of waiting. */
async function run(errors: unknown[], options: Partial<RetryOptions> = {}) {
  const waits: number[] = [];
  let attempts = 0;
  let time = 0;
  const outcome = await withRetries(
    async () => {
      attempts++;
      if (errors.length > 0) throw errors.shift();
      return 'done';
    },
    {
      maxRetries: 2,
      random: () => 0.5,
      now: () => time,
      sleep: async (milliseconds) => void (waits.push(milliseconds), (time += milliseconds)),
      ...options,
    },
  ).catch((error: unknown) => error);
  return { outcome, waits, attempts };
}

describe('withRetries', () => {
  it('F03 repeats at most maxRetries times, with a doubling jitter', async () => {
    expect(await run([limited(), limited()])).toEqual({ outcome: 'done', waits: [250, 500], attempts: 3 });
    const last = limited();
    expect(await run([limited(), limited(), last])).toMatchObject({ outcome: last, attempts: 3 });
  });

  it('F01 waits as long as the provider asks, up to the cap, and passes longer wishes on', async () => {
    expect(await run([limited(3)])).toMatchObject({ outcome: 'done', waits: [3_000] });
    expect(await run([limited(10)])).toMatchObject({ outcome: 'done', waits: [10_000] });
    const impatient = limited(1e9);
    expect(await run([impatient])).toEqual({ outcome: impatient, waits: [], attempts: 1 });
  });

  it('F01 does not begin a wait that does not fit into the budget', async () => {
    const second = limited(3);
    expect(await run([limited(3), second], { budgetMs: 5_000 })).toMatchObject({ outcome: second, waits: [3_000] });
  });

  it.each([
    new SwitchboardError('upstream_rejected', 'bad request'),
    new SwitchboardError('upstream_rate_limited', 'no quota', { retry: 'never' }),
    new SwitchboardError('upstream_timeout', 'late'),
    new TypeError('a bug'),
  ])('F04 does not repeat after %s', async (error) => {
    expect(await run([error])).toEqual({ outcome: error, waits: [], attempts: 1 });
  });

  it('asks the caller whether a repetition is safe', async () => {
    const error = limited();
    expect(await run([error], { isRepeatable: () => false })).toMatchObject({ outcome: error, attempts: 1 });
  });

  it('ends a wait at once when the signal fires', async () => {
    const controller = new AbortController();
    const started = performance.now();
    const pending = withRetries(async () => Promise.reject(limited(5)), { maxRetries: 1, signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('retryDelayMs', () => {
  it('stays between zero and the cap', () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, random) => {
        const delay = retryDelayMs(attempt, undefined, { random: () => random });
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(Math.min(10_000, 500 * 2 ** attempt));
      }),
    );
  });
});

describe('parseRetryAfter', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');

  it.each([
    [{ 'retry-after': '7' }, 7],
    [{ 'retry-after': ' 1.5 ' }, 1.5],
    [{ 'retry-after': '1000000000' }, 1e9],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' }, 9],
    [{ 'retry-after': 'Wed, 31 Dec 2025 23:59:00 GMT' }, 0],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 0.25],
    [{ 'retry-after-ms': 'soon', 'retry-after': '9' }, 9],
    [{ 'retry-after': '-5' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '1e9' }, undefined],
    [{ 'retry-after': 'NaN' }, undefined],
    [{}, undefined],
  ])('F01 reads %p', (headers, seconds) => {
    expect(parseRetryAfter(new Headers(headers as Record<string, string>), now)).toBe(seconds);
  });
});
