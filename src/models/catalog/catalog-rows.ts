import type { Capability, ModelPricing } from '../../providers/index.js';
import type { CatalogEntry } from './catalog.js';
import type { WrittenModel } from './intake/merge-catalog.js';

/** A model as an array, which is how lists travel from the database and lie in the second cache tier. */
export type PackedEntry = readonly [
  id: string,
  name: string,
  description: string | null,
  capabilities: Capability[],
  contextLength: number | null,
  maxOutputTokens: number | null,
  modalities: CatalogEntry['modalities'],
  pricing: ModelPricing | null,
  isFree: boolean,
  deprecatedAt: string | null,
  missingSince: string | null,
  missedSyncs: number,
  deprecationNotedAt: string | null,
  sources: CatalogEntry['sources'],
  firstSeenAt: string | null,
];

/**
 * A stored list. What many models have in common is there once, in `parts`, and named by its place: a list of ten
 * thousand models is read twice as fast for it.
 */
export interface StoredDocument {
  readonly parts: readonly unknown[];
  readonly models: readonly unknown[][];
}

/** Where a stored row names a part: capabilities, modalities, pricing, sources. */
const PLACES_OF_PARTS = [3, 6, 7, 13] as const;

/**
 * SQL that makes a row of a `StoredDocument` of a `catalog_model` (m), its `catalog_state` (s) and the parts it names
 * (c, o, p, f): a `PackedEntry`, in the same order.
 */
export const STORED_COLUMNS = `m.model_id, m.name, m.description, c.place, m.context_length, m.max_output_tokens,
  o.place, p.place, m.is_free, m.deprecated_at, m.missing_since, m.missed_syncs, m.deprecation_noted_at, f.place,
  nullif(m.first_seen_at, s.first_synced_at)`;

/** Models with the same part share it: entries are never changed. */
export function unpackDocument({ parts, models }: StoredDocument): CatalogEntry[] {
  return models.map((row) => {
    for (const place of PLACES_OF_PARTS) row[place] = row[place] === null ? null : parts[row[place] as number];
    return unpack(row as unknown as PackedEntry);
  });
}

export function unpack(packed: PackedEntry): CatalogEntry {
  return {
    id: packed[0],
    name: packed[1],
    description: packed[2],
    capabilities: packed[3],
    contextLength: packed[4],
    maxOutputTokens: packed[5],
    modalities: packed[6],
    pricing: packed[7],
    isFree: packed[8],
    deprecatedAt: isoOf(packed[9]),
    missingSince: isoOf(packed[10]),
    missedSyncs: packed[11],
    deprecationNotedAt: isoOf(packed[12]),
    sources: packed[13],
    // Personal lists of older releases lack it.
    firstSeenAt: isoOf(packed[14] ?? null),
  };
}

export function pack(entry: CatalogEntry): PackedEntry {
  return [
    entry.id,
    entry.name,
    entry.description,
    [...entry.capabilities],
    entry.contextLength,
    entry.maxOutputTokens,
    entry.modalities,
    entry.pricing,
    entry.isFree,
    entry.deprecatedAt,
    entry.missingSince,
    entry.missedSyncs,
    entry.deprecationNotedAt,
    entry.sources,
    entry.firstSeenAt,
  ];
}

/** A row for the insert statement. */
export function toRow({ entry, raw }: WrittenModel, id: string) {
  return {
    id,
    model_id: entry.id,
    name: entry.name,
    description: entry.description,
    capabilities: entry.capabilities,
    context_length: entry.contextLength,
    max_output_tokens: entry.maxOutputTokens,
    modalities: entry.modalities,
    pricing: entry.pricing,
    is_free: entry.isFree,
    deprecated_at: entry.deprecatedAt,
    deprecation_noted_at: entry.deprecationNotedAt,
    sources: entry.sources,
    first_seen_at: entry.firstSeenAt,
    raw,
  };
}

/** The database writes times with an offset and as many digits as it has. */
const isoOf = (time: string | null) => (time === null ? null : new Date(time).toISOString());
