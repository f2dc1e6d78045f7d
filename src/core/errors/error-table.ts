/**
 * What the switchboard may do after an error of this kind, before the first byte reached the caller.
 * `same-key`: repeating the very call may help. `next-provider`: this provider or model will not serve it now,
 * a declared fallback may. `never`: the caller or an administrator has to change something.
 */
export type RetryDisposition = 'never' | 'same-key' | 'next-provider';

interface ErrorFacts {
  /** HTTP status under `/api` and, unless the gateway says otherwise, under `/v1`. */
  readonly status: number;
  /** Human title of the problem document. */
  readonly title: string;
  /** `error.type` in OpenAI's error shape. */
  readonly openaiType: string;
  readonly retry: RetryDisposition;
}

const facts = (
  status: number,
  title: string,
  openaiType = 'invalid_request_error',
  retry: RetryDisposition = 'never',
): ErrorFacts => ({ status, title, openaiType, retry });

/** The closed table of everything a caller can meet. A code without a row does not compile. */
export const ERROR_TABLE = {
  validation_failed: facts(400, 'Invalid request'),
  unauthenticated: facts(401, 'Not signed in', 'authentication_error'),
  forbidden: facts(403, 'Not allowed', 'permission_error'),
  not_found: facts(404, 'Not found'),
  method_not_allowed: facts(405, 'Method not allowed'),
  payload_too_large: facts(413, 'Body too large'),
  unsupported_media_type: facts(415, 'Unsupported media type'),
  password_not_accepted: facts(422, 'Password not accepted'),
  precondition_failed: facts(412, 'Changed by someone else'),
  conflict: facts(409, 'Conflict'),
  rate_limited: facts(429, 'Too many requests', 'rate_limit_error'),
  limit_exceeded: facts(429, 'Limit reached', 'insufficient_quota'),
  price_unknown: facts(422, 'Price unknown'),
  no_active_model: facts(404, 'No active model'),
  provider_not_registered: facts(404, 'Unknown provider'),
  provider_inactive: facts(409, 'Provider is switched off', 'invalid_request_error', 'next-provider'),
  model_not_in_catalog: facts(422, 'Model not in catalog'),
  model_no_capability: facts(422, 'Model lacks the capability'),
  model_unavailable: facts(409, 'Model unavailable', 'invalid_request_error', 'next-provider'),
  model_access_denied: facts(403, 'Model not allowed', 'permission_error'),
  operation_not_supported: facts(422, 'Provider lacks the capability'),
  url_not_allowed: facts(422, 'URL not allowed'),
  shared_api_not_allowed: facts(403, 'Shared key not allowed', 'permission_error'),
  no_api_key_available: facts(409, 'No API key available', 'invalid_request_error', 'next-provider'),
  upstream_rejected: facts(400, 'Refused by the provider'),
  upstream_auth_failed: facts(502, 'Provider refused our key', 'api_error', 'next-provider'),
  upstream_rate_limited: facts(429, 'Provider is rate limiting', 'rate_limit_error', 'same-key'),
  upstream_redirect: facts(502, 'Provider answered with a redirect', 'api_error', 'next-provider'),
  upstream_unavailable: facts(502, 'Provider unavailable', 'api_error', 'same-key'),
  upstream_timeout: facts(504, 'Provider did not answer in time', 'api_error', 'next-provider'),
  upstream_bad_response: facts(502, 'Provider answered with nonsense', 'api_error', 'next-provider'),
  service_unavailable: facts(503, 'Service unavailable', 'api_error'),
  internal: facts(500, 'Internal error', 'api_error'),
} as const satisfies Record<string, ErrorFacts>;

/** Stable machine-readable code of an error, as in `problem.code`. */
export type ErrorCode = keyof typeof ERROR_TABLE;
