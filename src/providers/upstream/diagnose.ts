import { SwitchboardError, type SwitchboardErrorOptions } from '../../core/errors/index.js';
import type { ProviderStrategy, UpstreamRefusal } from '../contract/index.js';
import { codesOf } from './refusal.js';
import { retryAfterSeconds } from './retry-after.js';

const UNKNOWN_MODEL_CODE = /^(?:model_not_found|model_not_available|model_decommissioned|invalid_model|unknown_model)$/;
const UNKNOWN_MODEL_TEXT = [
  /\bmodel\b(?:[^:\n]|:(?! )){0,100}\b(?:not exist|not found|not available|no longer available|decommissioned)\b/i,
  /\b(?:invalid|unknown|no such) model\b/i,
  /\bnot a valid model\b/i,
  /\bsupported (?:api )?model names? (?:is|are)\b/i,
  /\bunexpected model name\b/i,
];
const NOT_FOUND_CODE = /^not_found(?:_error)?$/i;
const BAD_KEY_CODE = /^(?:invalid_api_key|wrong_api_key|api_key_invalid)$/i;
const BAD_KEY_TEXT = /\b(?:incorrect|invalid|wrong) api[ _-]?key\b|\bapi[ _-]?key (?:is )?(?:not valid|invalid)\b/i;

/**
 * What a refusal means to our caller: the strategy's own reading first, else the rules that hold for all vendors.
 * `slug` names the provider in the text. The messages are the vendor's, redacted.
 */
export function errorOfRefusal(refusal: UpstreamRefusal, strategy: ProviderStrategy, slug: string): SwitchboardError {
  return strategy.diagnose?.(refusal) ?? commonReading(refusal, slug);
}

function commonReading(refusal: UpstreamRefusal, slug: string): SwitchboardError {
  const { status, headers, message } = refusal;
  const said = message === '' ? `HTTP ${status}` : `HTTP ${status}: ${message}`;
  if (status < 400) {
    const detail = `${slug} answered with a redirect (HTTP ${status}), which is never followed. Check its base URL.`;
    return new SwitchboardError('upstream_redirect', detail);
  }
  if (status === 401 || status === 402 || status === 403 || saysBadKey(refusal)) {
    return new SwitchboardError('upstream_auth_failed', `${slug} refused our key (${said}).`);
  }
  if (status === 429) return rateLimited(refusal, slug, said);
  if (status === 504) return new SwitchboardError('upstream_timeout', `${slug} timed out (${said}).`);
  if (status >= 500 || status === 408 || status === 498 || status === 499) {
    const wait = status === 503 || status === 529 ? waitOf(headers) : {};
    return new SwitchboardError('upstream_unavailable', `${slug} is unavailable (${said}).`, wait);
  }
  if (saysUnknownModel(refusal)) {
    return new SwitchboardError('model_unavailable', `${slug} does not offer the model (${said}).`);
  }
  if (status === 404 || status === 405) {
    const detail = `${slug} has nothing at the address we called (${said}). Check its base URL.`;
    return new SwitchboardError('upstream_bad_response', detail);
  }
  return new SwitchboardError('upstream_rejected', `${slug} rejected the request (${said}).`);
}

function rateLimited({ json, headers }: UpstreamRefusal, slug: string, said: string): SwitchboardError {
  // Out of money, not out of breath: repeating never helps.
  const spent = codesOf(json).includes('insufficient_quota');
  const detail = spent ? `${slug} has no quota left (${said}).` : `${slug} is rate limiting us (${said}).`;
  return new SwitchboardError('upstream_rate_limited', detail, {
    ...waitOf(headers),
    ...(spent ? { retry: 'never' } : {}),
  });
}

function waitOf(headers: Headers): SwitchboardErrorOptions {
  const seconds = retryAfterSeconds(headers);
  return seconds === undefined ? {} : { retryAfterSeconds: seconds };
}

function saysBadKey({ status, json, message }: UpstreamRefusal): boolean {
  return status === 400 && (codesOf(json).some((code) => BAD_KEY_CODE.test(code)) || BAD_KEY_TEXT.test(message));
}

/** Whether a 400, 404, 410 or 422 is about a model that the vendor does not have. */
export function saysUnknownModel({ status, json, message }: UpstreamRefusal): boolean {
  const codes = codesOf(json);
  if (codes.some((code) => UNKNOWN_MODEL_CODE.test(code))) return true;
  if (UNKNOWN_MODEL_TEXT.some((text) => text.test(message))) return true;
  return (
    (status === 404 || status === 410) && (/\bmodels?\b/i.test(message) || codes.some((c) => NOT_FOUND_CODE.test(c)))
  );
}
