import { defineEntity, p } from '@mikro-orm/core';
import { id, timestamp } from '../../core/database/index.js';

const CatalogSyncSchema = defineEntity({
  name: 'CatalogSync',
  tableName: 'catalog_sync',
  properties: {
    id: id(),
    providerId: p.uuid(),
    startedAt: timestamp(),
    finishedAt: timestamp(),
    added: p.integer(),
    removed: p.integer(),
    changed: p.integer(),
    skipped: p.integer(),
    total: p.integer(),
    keptPrevious: p.boolean(),
    error: p.text().nullable(),
  },
});

/** One attempt to refresh a catalog, and what came of it. */
export class CatalogSync extends CatalogSyncSchema.class {}
CatalogSyncSchema.setClass(CatalogSync);
