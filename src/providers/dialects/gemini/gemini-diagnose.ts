import { SwitchboardError } from '../../../core/errors/index.js';
import type { UpstreamRefusal } from '../../contract/index.js';
import { clampSeconds, retryAfterSeconds } from '../../upstream/index.js';
import { objectOf, objectsOf, stringOf } from '../wire-json.js';

/**
 * Gemini's own reading of a refusal: a bad key is a 400, the wait of a 429 is in the body (`RetryInfo.retryDelay`,
 * "48s"), and a spent daily quota looks like a busy minute but for its quota id.
 */
export function diagnoseGemini({ status, headers, json, message }: UpstreamRefusal): SwitchboardError | undefined {
  const details = objectsOf(objectOf(objectOf(json).error).details);
  if (status === 400 && details.some(({ reason }) => reason === 'API_KEY_INVALID')) {
    return new SwitchboardError('upstream_auth_failed', `Gemini refused our key (HTTP 400: ${message}).`);
  }
  if (status !== 429) return undefined;
  const delay = details
    .map(({ retryDelay }) => /^(\d+(?:\.\d+)?)s$/.exec(stringOf(retryDelay) ?? '')?.[1])
    .find(Boolean);
  const wait = delay === undefined ? retryAfterSeconds(headers) : clampSeconds(Number(delay));
  const quotas = details.flatMap(({ violations }) =>
    objectsOf(violations).map(({ quotaId }) => stringOf(quotaId) ?? ''),
  );
  const dayIsSpent = quotas.some((quota) => quota.includes('PerDay'));
  return new SwitchboardError('upstream_rate_limited', `Gemini is rate limiting us (HTTP 429: ${message}).`, {
    ...(wait === undefined ? {} : { retryAfterSeconds: wait }),
    ...(dayIsSpent ? { retry: 'next-provider' } : {}),
  });
}
