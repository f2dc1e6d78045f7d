import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../core/database/index.js';

const RemovedProviderSchema = defineEntity({
  name: 'RemovedProvider',
  tableName: 'removed_provider',
  properties: { slug: p.string().primary(), removedAt: timestamp() },
});

/** Remembers that somebody removed a provider, so that the next start does not bring it back. */
export class RemovedProvider extends RemovedProviderSchema.class {}
RemovedProviderSchema.setClass(RemovedProvider);
