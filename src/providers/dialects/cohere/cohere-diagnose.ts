import { SwitchboardError } from '../../../core/errors/index.js';
import type { UpstreamRefusal } from '../../contract/index.js';

/**
 * Cohere's own reading of a refusal: 498 is an invalid token there, and a trial key whose calls of the month are
 * spent gets the status of a busy minute. All else follows the common rules.
 */
export function diagnoseCohere({ status, message }: UpstreamRefusal): SwitchboardError | undefined {
  if (status === 498)
    return new SwitchboardError('upstream_auth_failed', `Cohere refused our key (HTTP 498: ${message}).`);
  if (status === 429 && /\/ month\b/i.test(message)) {
    const detail = `Cohere allows this key no more calls this month (HTTP 429: ${message}).`;
    return new SwitchboardError('upstream_rate_limited', detail, { retry: 'next-provider' });
  }
  return undefined;
}
