import type { ProviderCall } from '../../contract/index.js';

/** The version of the API that this dialect is written for. */
const VERSION = '2023-06-01';

/** Key and version, without which the API refuses a call, and what the provider row adds (beta flags). */
export function anthropicHeaders(call: ProviderCall): Record<string, string> {
  const key = call.apiKey === null ? {} : { 'x-api-key': call.apiKey };
  return { 'anthropic-version': VERSION, ...call.provider.config.wire.headers, ...key };
}
