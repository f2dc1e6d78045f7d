export { AddressPolicy, REFUSAL, type Refusal } from './address-policy.js';
export { type AllowList, AllowListError, parseAllowList } from './allow-list.js';
export type { Resolve, ResolvedAddress } from './guarded-agent.js';
export { type BaseUrl, parseBaseUrl, sameOrigin } from './origin.js';
export type { CallLimits } from './outbound-exchange.js';
export {
  abortError,
  badResponse,
  type ConnectionFailure,
  connectionFailureOf,
  timedOut,
  toOutboundError,
} from './outbound-failure.js';
export { OUTBOUND_OPTIONS, OutboundHttp, type OutboundOptions } from './outbound-http.js';
export { type BreakerPermit, CircuitBreaker, type CircuitBreakerOptions } from './circuit-breaker.js';
export { parseRetryAfter, pause, retryDelayMs, type RetryOptions, withRetries } from './retry.js';
