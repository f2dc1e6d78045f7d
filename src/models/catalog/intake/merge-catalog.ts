import type { CatalogEntry } from '../catalog.js';
import { CatalogIndex } from '../catalog-index.js';
import { Breather } from '../../../core/time/index.js';
import { type CatalogChange, changesOf, goneChange, newChange, returnedChange } from './catalog-change.js';
import type { EnrichedModel } from './model-enrichment.js';

/** A model as it is written: what is known of it, and the list's own row. */
export interface WrittenModel {
  readonly entry: CatalogEntry;
  readonly raw: Readonly<Record<string, unknown>>;
}

/** What a good list makes of the catalog before. */
export interface MergedCatalog {
  readonly index: CatalogIndex;
  /** New and changed models, to be written. */
  readonly written: readonly WrittenModel[];
  /** Models that this list lacks, with their new count of misses. */
  readonly missed: readonly CatalogEntry[];
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** There was no list before. */
  readonly isFirst: boolean;
  /** What to tell in the feed; a provider's first list tells nothing. */
  readonly changes: readonly CatalogChange[];
}

/** A model that two lists in a row lacked is missing. */
const MISSES_UNTIL_MISSING = 2;

/** Lays a good list over the catalog before. */
export async function mergeCatalog(
  previous: CatalogIndex,
  models: readonly EnrichedModel[],
  at: Date,
): Promise<MergedCatalog> {
  const breather = new Breather();
  const isFirst = previous.models.length === 0;
  const now = at.toISOString();
  const entries: CatalogEntry[] = [];
  const written: WrittenModel[] = [];
  const changes: CatalogChange[] = [];
  const listed = new Set<string>();
  let added = 0;
  let changed = 0;
  for (const model of models) {
    await breather.rest();
    listed.add(model.id);
    const before = previous.byId.get(model.id);
    const entry = entryOf(model, before, isFirst, now);
    if (before !== undefined && sameEntry(before, entry)) {
      entries.push(before);
      continue;
    }
    entries.push(entry);
    written.push({ entry, raw: model.raw });
    if (before === undefined) {
      added += 1;
      changes.push(newChange(entry));
    } else if (before.missingSince !== null) {
      added += 1;
      changes.push(returnedChange(before, entry), ...changesOf(before, entry));
    } else {
      if (!sameFacts(before, entry)) changed += 1;
      changes.push(...changesOf(before, entry));
    }
  }
  const missed: CatalogEntry[] = [];
  let removed = 0;
  for (const before of previous.models) {
    if (listed.has(before.id)) continue;
    const missedSyncs = before.missedSyncs + 1;
    const isMissing = missedSyncs >= MISSES_UNTIL_MISSING;
    const entry = { ...before, missedSyncs, missingSince: isMissing ? (before.missingSince ?? now) : null };
    entries.push(entry);
    missed.push(entry);
    if (before.missedSyncs === 0) removed += 1;
    if (isMissing && before.missingSince === null) changes.push(goneChange(entry));
  }
  return {
    index: new CatalogIndex(entries),
    written,
    missed,
    added,
    removed,
    changed,
    isFirst,
    changes: isFirst ? [] : changes,
  };
}

function entryOf(model: EnrichedModel, before: CatalogEntry | undefined, isFirst: boolean, now: string): CatalogEntry {
  const noted = before?.deprecatedAt == null ? null : before.deprecationNotedAt;
  return {
    id: model.id,
    name: model.name,
    description: model.description,
    capabilities: model.capabilities,
    contextLength: model.contextLength,
    maxOutputTokens: model.maxOutputTokens,
    modalities: model.modalities,
    pricing: model.pricing,
    isFree: model.isFree,
    deprecatedAt: model.deprecatedAt,
    missingSince: null,
    missedSyncs: 0,
    deprecationNotedAt: model.deprecatedAt === null ? null : (noted ?? now),
    firstSeenAt: before === undefined ? (isFirst ? null : now) : before.firstSeenAt,
    sources: model.sources,
  };
}

function sameEntry(a: CatalogEntry, b: CatalogEntry): boolean {
  return (
    a.missedSyncs === b.missedSyncs &&
    a.missingSince === b.missingSince &&
    sameFacts(a, b) &&
    stable(a.sources) === stable(b.sources)
  );
}

function sameFacts(a: CatalogEntry, b: CatalogEntry): boolean {
  return (
    a.name === b.name &&
    a.description === b.description &&
    a.contextLength === b.contextLength &&
    a.maxOutputTokens === b.maxOutputTokens &&
    a.isFree === b.isFree &&
    a.deprecatedAt === b.deprecatedAt &&
    [...a.capabilities].sort().join() === [...b.capabilities].sort().join() &&
    stable(a.pricing) === stable(b.pricing) &&
    stable(a.modalities) === stable(b.modalities)
  );
}

/** JSON that does not depend on the order of keys, which the database changes. */
function stable(value: object | null): string {
  return value === null ? '' : JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
