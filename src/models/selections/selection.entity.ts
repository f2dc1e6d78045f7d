import { defineEntity, p } from '@mikro-orm/core';
import { id, timestamp } from '../../core/database/index.js';
import type { Capability } from '../../providers/index.js';

const SelectionSchema = defineEntity({
  name: 'Selection',
  tableName: 'model_selection',
  properties: {
    id: id(),
    owner: p.string().nullable(),
    providerId: p.uuid(),
    capability: p.string().$type<Capability>(),
    modelId: p.string(),
    displayName: p.string(),
    isFree: p.boolean(),
    isForced: p.boolean(),
    isActive: p.boolean(),
    fallbackRank: p.integer().nullable(),
    totalRequests: p.bigint('number'),
    lastUsedAt: timestamp().nullable(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
  },
});

/** What is chosen: a model of a provider, for a capability. */
export interface ModelChoice {
  readonly modelId: string;
  readonly displayName: string;
  readonly isFree: boolean;
  /** The catalog does not know the model; an administrator insisted. */
  readonly isForced: boolean;
}

/** A provider's chosen model for a capability, shared (`owner` null) or an admin's own. */
export class Selection extends SelectionSchema.class {
  choose(choice: ModelChoice, at: Date): void {
    if (this.modelId !== choice.modelId) {
      this.totalRequests = 0;
      this.lastUsedAt = null;
    }
    this.modelId = choice.modelId;
    this.displayName = choice.displayName;
    this.isFree = choice.isFree;
    this.isForced = choice.isForced;
    this.updatedAt = at;
  }

  activate(at: Date): void {
    this.isActive = true;
    this.fallbackRank = null;
    this.updatedAt = at;
  }
}
SelectionSchema.setClass(Selection);
