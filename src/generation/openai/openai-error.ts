import { ERROR_TABLE, type ErrorCode, type SwitchboardError } from '../../core/errors/index.js';
import { LimitExceeded } from '../../usage/index.js';
import { rateLimitHeaders } from '../gateway/rate-limit-headers.js';

/** The body of every error below `/v1`. */
export interface OpenAiErrorBody {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string;
  };
}

/** Codes that OpenAI's clients know under names of their own; the rest keep ours. */
const CODES: Partial<Record<ErrorCode, string>> = {
  unauthenticated: 'invalid_api_key',
  no_active_model: 'model_not_found',
  provider_not_registered: 'model_not_found',
  model_not_in_catalog: 'model_not_found',
  model_unavailable: 'model_not_found',
  limit_exceeded: 'insufficient_quota',
  rate_limited: 'rate_limit_exceeded',
  upstream_rate_limited: 'rate_limit_exceeded',
};

/** HTTP status of an error below `/v1`: the table's, but a model that is not there is 404, as OpenAI has it. */
export function openAiStatus({ code }: SwitchboardError): number {
  return CODES[code] === 'model_not_found' ? 404 : ERROR_TABLE[code].status;
}

/** An error in OpenAI's shape. */
export function toOpenAiError(error: SwitchboardError): OpenAiErrorBody {
  const code = CODES[error.code] ?? error.code;
  return {
    error: {
      message: error.message,
      type: ERROR_TABLE[error.code].openaiType,
      param: error.errors[0]?.field ?? (code === 'model_not_found' ? 'model' : null),
      code,
    },
  };
}

/**
 * Headers of an error below `/v1`. Clients repeat 409, 429 and 5xx by themselves: where that cannot help they are told.
 */
export function errorHeaders(error: SwitchboardError): Readonly<Record<string, string>> {
  const isFinal = error.retry === 'never' && error.retryAfterSeconds === undefined && error.code !== 'rate_limited';
  return {
    ...(error.retryAfterSeconds === undefined ? {} : { 'retry-after': String(Math.ceil(error.retryAfterSeconds)) }),
    ...(isFinal ? { 'x-should-retry': 'false' } : {}),
    ...rateLimitHeaders(error instanceof LimitExceeded ? error.rateLimit : null),
  };
}
