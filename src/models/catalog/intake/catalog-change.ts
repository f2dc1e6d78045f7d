import type { CatalogEntry } from '../catalog.js';

/** What can happen to a model of a catalog. */
export const CHANGE_KINDS = ['new', 'gone', 'returned', 'price', 'context', 'deprecated'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One thing that a new list changed, as the feed tells it. */
export interface CatalogChange {
  readonly modelId: string;
  readonly modelName: string;
  readonly kind: ChangeKind;
  /** What was known before; the fields depend on the kind. */
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

export const newChange = (entry: CatalogEntry) => change(entry, 'new', null, summaryOf(entry));
export const goneChange = (entry: CatalogEntry) =>
  change(entry, 'gone', summaryOf(entry), { missing_since: entry.missingSince });
export const returnedChange = (before: CatalogEntry, entry: CatalogEntry) =>
  change(entry, 'returned', { missing_since: before.missingSince }, summaryOf(entry));

/** Changes of price, context and announced end between two descriptions of one model. */
export function changesOf(before: CatalogEntry, after: CatalogEntry): CatalogChange[] {
  const changes: CatalogChange[] = [];
  const [old, now] = [priceOf(before), priceOf(after)];
  if (JSON.stringify(old) !== JSON.stringify(now)) changes.push(change(after, 'price', old, now));
  if (before.contextLength !== after.contextLength)
    changes.push(
      change(after, 'context', { context_length: before.contextLength }, { context_length: after.contextLength }),
    );
  if (after.deprecatedAt !== null && before.deprecatedAt !== after.deprecatedAt)
    changes.push(
      change(after, 'deprecated', { deprecated_at: before.deprecatedAt }, { deprecated_at: after.deprecatedAt }),
    );
  return changes;
}

function change(
  { id, name }: CatalogEntry,
  kind: ChangeKind,
  before: CatalogChange['before'],
  after: CatalogChange['after'],
): CatalogChange {
  return { modelId: id, modelName: name, kind, before, after };
}

const summaryOf = (entry: CatalogEntry) => ({
  capabilities: [...entry.capabilities],
  context_length: entry.contextLength,
  is_free: entry.isFree,
  pricing: priceOf(entry),
});

function priceOf({ pricing }: CatalogEntry): Record<string, string | null> | null {
  if (pricing === null) return null;
  const { input, output, cachedInput, image, characters } = pricing;
  return { input, output, cached_input: cachedInput, image, characters };
}
