import type { RateLimit } from '../../usage/index.js';

type Headers = Readonly<Record<string, string>>;

const NONE: Headers = {};

/**
 * A caller's limits as OpenAI's clients know them: `x-ratelimit-{limit,remaining,reset}-requests`, and the same with
 * `-usd` for a budget, which OpenAI has no name for. All reset when the month ends, UTC. None for who has no limit.
 * @param now milliseconds since 1970
 */
export function rateLimitHeaders(rateLimit: RateLimit | null, now: number = Date.now()): Headers {
  if (rateLimit === null) return NONE;
  const { requests, usd } = rateLimit;
  const reset = untilMonthEnds(now);
  return {
    ...(requests && {
      'x-ratelimit-limit-requests': String(requests.limit),
      'x-ratelimit-remaining-requests': String(requests.remaining),
      'x-ratelimit-reset-requests': reset,
    }),
    ...(usd && {
      'x-ratelimit-limit-usd': usd.limit,
      'x-ratelimit-remaining-usd': usd.remaining,
      'x-ratelimit-reset-usd': reset,
    }),
  };
}

/** As OpenAI writes durations: `51h4m9s`. */
function untilMonthEnds(now: number): string {
  const date = new Date(now);
  const end = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
  const seconds = Math.ceil((end - now) / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${seconds % 60}s`;
}
