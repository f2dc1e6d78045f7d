const MOST_SECONDS = 60;

/**
 * Whole seconds to wait, from `retry-after-ms` or `retry-after` (seconds or an HTTP date), held between 0 and 60.
 * Undefined when the answer names none. Read it of 429, 503 and 529 only: some vendors send it with successes.
 */
export function retryAfterSeconds(headers: Headers, now: number = Date.now()): number | undefined {
  const milliseconds = numberOf(headers.get('retry-after-ms'));
  if (milliseconds !== undefined) return clampSeconds(milliseconds / 1000);
  const value = headers.get('retry-after');
  const seconds = numberOf(value);
  if (seconds !== undefined) return clampSeconds(seconds);
  const moment = value === null ? Number.NaN : Date.parse(value);
  return Number.isNaN(moment) ? undefined : clampSeconds((moment - now) / 1000);
}

/** Whole seconds between 0 and 60; undefined for what is no number. */
export function clampSeconds(seconds: number): number | undefined {
  return Number.isNaN(seconds) ? undefined : Math.min(MOST_SECONDS, Math.max(0, Math.ceil(seconds)));
}

function numberOf(text: string | null): number | undefined {
  return text !== null && /^\s*[+-]?\d+(?:\.\d+)?(?:e\d+)?\s*$/i.test(text) ? Number(text) : undefined;
}
