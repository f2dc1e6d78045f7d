import type { CatalogIndex } from '../catalog-index.js';
import { Breather } from '../../../core/time/index.js';
import { type CleanListing, examples } from './clean-listing.js';
import { type EnrichedModel, withFacts } from './model-enrichment.js';
import { judgePricing } from './price-sanity.js';

/** A list as it may replace the one before, or the reason why it may not. */
export interface JudgedListing {
  readonly models: readonly EnrichedModel[];
  readonly warnings: readonly string[];
  /** Why the list before stays; null when it does not. */
  readonly reasonToKeep: string | null;
}

/**
 * Judges a clean list against the one before: whether it is one at all, and which of its prices may be believed.
 * @param accept an administrator says that the list is true although it shrank or its prices leapt
 */
export async function judgeListing(
  slug: string,
  listing: CleanListing,
  previous: CatalogIndex,
  accept: boolean,
): Promise<JudgedListing> {
  const breather = new Breather();
  const models: EnrichedModel[] = [];
  const wrong: string[] = [];
  let known = 0;
  let repriced = 0;
  let firstProblem = '';
  for (const row of listing.models) {
    await breather.rest();
    const before = previous.byId.get(row.id)?.pricing ?? null;
    const { pricing, warning } = judgePricing(row.pricing, before, accept);
    const wasPriced = row.pricing !== null && before?.source === row.pricing.source;
    if (wasPriced) known += 1;
    if (warning !== null) {
      if (wasPriced) repriced += 1;
      if (wrong.length === 0) firstProblem = `${row.id}: ${warning}`;
      wrong.push(row.id);
    }
    models.push(withFacts(slug, pricing === row.pricing ? row : { ...row, pricing }));
  }
  const warnings = [...listing.warnings];
  if (wrong.length > 0)
    warnings.push(`Prices out of range in ${wrong.length} rows (${firstProblem}): ${examples(wrong)}.`);
  const isRepriced = repriced * 2 > known;
  const shrunk = reasonOfSize(previous, models.length, accept);
  return {
    models,
    warnings,
    reasonToKeep:
      shrunk ??
      (isRepriced
        ? `${repriced} of ${known} known prices are out of range (${firstProblem}); the provider seems to have changed their unit. If they are true, sync with accept: true.`
        : null),
  };
}

function reasonOfSize(previous: CatalogIndex, count: number, accept: boolean): string | null {
  const before = previous.models.filter(({ missedSyncs }) => missedSyncs === 0).length;
  if (count === 0) return accept ? null : 'The provider sent an empty list.';
  if (!accept && count * 2 < before)
    return `The provider sent ${count} models where it had ${before}; less than half is taken for an outage. If it is true, sync with accept: true.`;
  return null;
}
