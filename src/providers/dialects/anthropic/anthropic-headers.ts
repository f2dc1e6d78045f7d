import type { ProviderCall } from '../../contract/index.js';

/** The version of the API that this dialect is written for. */
const VERSION = '2023-06-01';

/** Key and version; the API refuses calls without either. */
export function anthropicHeaders(call: ProviderCall): Record<string, string> {
  return { 'anthropic-version': VERSION, ...(call.apiKey === null ? {} : { 'x-api-key': call.apiKey }) };
}
