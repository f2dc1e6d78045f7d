import { Decimal } from 'decimal.js';
import { SwitchboardError } from '../../core/errors/index.js';
import type { BoundCounter } from './limits.js';

/** A counter once a call is reserved in it. */
export interface CounterAfter {
  readonly admin: string;
  readonly provider: string;
  readonly token: string;
  /** Made and reserved; a decimal string. */
  readonly requests: string;
  /** Spent and reserved, in USD; a decimal string. */
  readonly usd: string;
}

/** What is left of a caller's limits of this month; of several bounds the tightest. */
export interface RateLimit {
  readonly requests: { readonly limit: number; readonly remaining: number } | null;
  /** Decimal strings in USD; what runs counts at its estimate. */
  readonly usd: { readonly limit: string; readonly remaining: string } | null;
}

/** The refusal of a call that found no room; for the doors that tell of limits in headers. */
export class LimitExceeded extends SwitchboardError {
  constructor(
    detail: string,
    readonly rateLimit: RateLimit,
  ) {
    super('limit_exceeded', detail);
  }
}

/** What the counters leave of the bounds. */
export function rateLimitOf(bounds: readonly BoundCounter[], counters: readonly CounterAfter[]): RateLimit {
  let requests: RateLimit['requests'] = null;
  let usd: RateLimit['usd'] = null;
  for (const bound of bounds) {
    const counter = counters.find((each) => isOf(each, bound));
    if (bound.maxRequests !== null) {
      const remaining = Math.max(0, bound.maxRequests - Number(counter?.requests ?? 0));
      if (requests === null || remaining < requests.remaining) requests = { limit: bound.maxRequests, remaining };
    }
    if (bound.maxUsd !== null) {
      const remaining = Decimal.max(0, new Decimal(bound.maxUsd).minus(counter?.usd ?? 0));
      if (usd === null || remaining.lessThan(usd.remaining))
        usd = { limit: new Decimal(bound.maxUsd).toFixed(), remaining: remaining.toFixed() };
    }
  }
  return { requests, usd };
}

function isOf(counter: CounterAfter, { admin, provider, token }: BoundCounter): boolean {
  return counter.admin === admin && counter.provider === provider && counter.token === token;
}
