import { ApiProblems } from '../core/http/index.js';

/** Documents what any generation may answer instead of its result. */
export function ApiGenerationProblems(): MethodDecorator {
  return ApiProblems(
    'validation_failed',
    'no_active_model',
    'provider_not_registered',
    'provider_inactive',
    'model_not_in_catalog',
    'model_no_capability',
    'model_access_denied',
    'operation_not_supported',
    'no_api_key_available',
    'shared_api_not_allowed',
    'model_unavailable',
    'limit_exceeded',
    'price_unknown',
    'upstream_rejected',
    'upstream_auth_failed',
    'upstream_rate_limited',
    'upstream_unavailable',
    'upstream_timeout',
    'upstream_bad_response',
    'service_unavailable',
  );
}
