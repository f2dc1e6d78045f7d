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

/** SQL that makes a `PackedEntry` of a row of `catalog_model` and its `catalog_state`, in the same order. */
export const PACKED_COLUMNS = `m.model_id, m.name, m.description, m.capabilities, m.context_length, m.max_output_tokens,
  m.modalities, m.pricing, m.is_free, m.deprecated_at, m.missing_since, m.missed_syncs, m.deprecation_noted_at, m.sources,
  nullif(m.first_seen_at, s.first_synced_at)`;

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
