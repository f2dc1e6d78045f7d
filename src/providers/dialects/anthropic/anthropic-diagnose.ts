import { type ErrorCode, SwitchboardError } from '../../../core/errors/index.js';
import type { UpstreamRefusal } from '../../contract/index.js';
import { objectOf, stringOf } from '../wire-json.js';

/** Names of errors that may also come inside a stream of status 200, where only the name tells what happened. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  invalid_request_error: 'upstream_rejected',
  authentication_error: 'upstream_auth_failed',
  billing_error: 'upstream_auth_failed',
  permission_error: 'upstream_auth_failed',
  not_found_error: 'model_unavailable',
  request_too_large: 'upstream_rejected',
  rate_limit_error: 'upstream_rate_limited',
  api_error: 'upstream_unavailable',
  overloaded_error: 'upstream_unavailable',
  timeout_error: 'upstream_timeout',
};

/**
 * Anthropic's own reading of a refusal: errors inside a stream by their name, and the 400 that means an empty purse.
 * All else follows the common rules, 529 (overloaded) and 402 among it.
 */
export function diagnoseAnthropic({ status, json, message }: UpstreamRefusal): SwitchboardError | undefined {
  const type = stringOf(objectOf(objectOf(json).error).type) ?? '';
  if (status === 400 && /\bcredit balance\b/i.test(message)) {
    return new SwitchboardError('upstream_auth_failed', `Anthropic refused our key (HTTP 400: ${message}).`);
  }
  const code = Object.hasOwn(CODES, type) ? CODES[type] : undefined;
  if (status !== 200 || code === undefined) return undefined;
  return new SwitchboardError(code, `Anthropic broke off the answer (${type}: ${message}).`);
}
