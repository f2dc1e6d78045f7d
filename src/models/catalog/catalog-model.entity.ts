import { defineEntity, p } from '@mikro-orm/core';
import { id, timestamp } from '../../core/database/index.js';
import type { Capability, ModelPricing } from '../../providers/index.js';

const CatalogModelSchema = defineEntity({
  name: 'CatalogModel',
  tableName: 'catalog_model',
  properties: {
    id: id(),
    providerId: p.uuid(),
    modelId: p.string(),
    name: p.string(),
    description: p.text().nullable(),
    capabilities: p.array().$type<Capability[]>(),
    contextLength: p.integer().nullable(),
    maxOutputTokens: p.integer().nullable(),
    modalities: p.json<{ input: string[]; output: string[] }>().nullable(),
    pricing: p.json<ModelPricing>().nullable(),
    isFree: p.boolean(),
    deprecatedAt: timestamp().nullable(),
    raw: p.json<Record<string, unknown>>().lazy(),
    firstSeenAt: timestamp(),
    lastSeenAt: timestamp(),
    missingSince: timestamp().nullable(),
    missedSyncs: p.integer(),
  },
});

/** One model of a provider's last good list. */
export class CatalogModel extends CatalogModelSchema.class {}
CatalogModelSchema.setClass(CatalogModel);
