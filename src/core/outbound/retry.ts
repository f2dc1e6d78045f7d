import { setTimeout as sleepFor } from 'node:timers/promises';
import { SwitchboardError } from '../errors/index.js';

export interface RetryOptions {
  /** Attempts after the first one. */
  readonly maxRetries: number;
  /** Whether the same call may be made again after this error. @default the error's disposition is `same-key` */
  readonly isRepeatable?: (error: unknown) => boolean;
  /** Milliseconds for everything; a wait that would not fit in is not begun. @default no bound */
  readonly budgetMs?: number;
  /** Ends a wait at once. */
  readonly signal?: AbortSignal;
  /** Upper bound of the first wait in milliseconds; it doubles with each attempt. @default 500 */
  readonly baseDelayMs?: number;
  /** The longest wait in milliseconds, whoever asks for it. @default 10000 */
  readonly maxDelayMs?: number;
  /** In [0, 1). @default Math.random */
  readonly random?: () => number;
  /** Rejects when the signal fires. @default a timer */
  readonly sleep?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Monotonic milliseconds. @default performance.now */
  readonly now?: () => number;
}

const BASE_DELAY_MS = 500;
const MAX_DELAY_MS = 10_000;

/**
 * Milliseconds to wait before attempt `attempt` + 1, counted from 0, or null when the provider asks for a longer wait
 * than we are willing to make. Without a wish of the provider: full jitter, a random part of a doubling bound.
 */
export function retryDelayMs(
  attempt: number,
  retryAfterSeconds: number | undefined,
  options: Pick<RetryOptions, 'baseDelayMs' | 'maxDelayMs' | 'random'> = {},
): number | null {
  const { baseDelayMs = BASE_DELAY_MS, maxDelayMs = MAX_DELAY_MS, random = Math.random } = options;
  if (retryAfterSeconds === undefined) return random() * Math.min(maxDelayMs, baseDelayMs * 2 ** attempt);
  const wished = Math.max(0, retryAfterSeconds * 1000);
  return wished <= maxDelayMs ? wished : null;
}

/**
 * Runs `action` until it succeeds, fails for good, or nothing is left of retries, budget or patience; then its last
 * error is thrown. The caller answers for the action being safe to repeat.
 * @throws an `AbortError` when the signal fires during a wait
 */
export async function withRetries<Result>(
  action: (attempt: number) => Promise<Result>,
  options: RetryOptions,
): Promise<Result> {
  const { isRepeatable = isSameKey, sleep = pause, now = () => performance.now() } = options;
  const deadline = now() + (options.budgetMs ?? Infinity);
  for (let attempt = 0; ; attempt++) {
    try {
      return await action(attempt);
    } catch (error) {
      if (attempt >= options.maxRetries || !isRepeatable(error)) throw error;
      const wished = error instanceof SwitchboardError ? error.retryAfterSeconds : undefined;
      const delay = retryDelayMs(attempt, wished, options);
      if (delay === null || now() + delay >= deadline) throw error;
      await sleep(delay, options.signal);
    }
  }
}

/**
 * Seconds an answer asks to wait: `retry-after-ms`, else `retry-after` as seconds or as an HTTP date. Undefined when it
 * asks for nothing sensible; never negative.
 * @param nowMs milliseconds since the epoch, for dates
 */
export function parseRetryAfter(headers: Headers, nowMs: number = Date.now()): number | undefined {
  const milliseconds = numberOf(headers.get('retry-after-ms'));
  if (milliseconds !== undefined) return milliseconds / 1000;
  const text = headers.get('retry-after');
  const seconds = numberOf(text);
  if (seconds !== undefined || text === null || !/[a-z]{3}/i.test(text)) return seconds;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - nowMs) / 1000);
}

function numberOf(text: string | null): number | undefined {
  return text !== null && /^\s*\d{1,15}(?:\.\d{1,6})?\s*$/.test(text) ? Number(text) : undefined;
}

function isSameKey(error: unknown): boolean {
  return error instanceof SwitchboardError && error.retry === 'same-key';
}

/** Waits; rejects with an `AbortError` when the signal fires. */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await sleepFor(milliseconds, undefined, signal === undefined ? {} : { signal });
}
