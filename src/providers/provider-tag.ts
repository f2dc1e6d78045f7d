import { SwitchboardError } from '../core/errors/index.js';
import { demandedTags, tagOf } from '../core/http/index.js';
import type { ProviderEntry } from './provider-file/index.js';

/** The entity tag of a provider: a digest of what can be edited, so that use, keys and catalogs leave it as it is. */
export const providerTag = (entry: Readonly<ProviderEntry>) => `"${tagOf(entry)}"`;

/**
 * Compares `If-Match` with the stored row, inside the transaction that is about to change it.
 * @throws SwitchboardError `precondition_failed`
 */
export function requireProviderMatch(ifMatch: string | undefined, entry: Readonly<ProviderEntry>): void {
  const demanded = demandedTags(ifMatch);
  if (demanded === null || demanded.includes(tagOf(entry))) return;
  throw new SwitchboardError(
    'precondition_failed',
    `${entry.display_name} has been changed since you read it. Read GET /api/admin/ai-providers/${entry.slug} again and repeat with its ETag.`,
  );
}
