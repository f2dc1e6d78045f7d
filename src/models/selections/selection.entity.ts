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
    successorProviderId: p.uuid().nullable(),
    successorModelId: p.string().nullable(),
    successorModelName: p.string().nullable(),
    /** Id of the admin who declared the successor. */
    successorActor: p.string().nullable(),
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

/** A model that an administrator named beforehand. */
export interface Successor {
  readonly providerId: string;
  readonly modelId: string;
  readonly modelName: string;
}

/** A provider's chosen model for a capability, shared (`owner` null) or an admin's own. */
export class Selection extends SelectionSchema.class {
  choose(choice: ModelChoice, at: Date): void {
    if (this.modelId !== choice.modelId) {
      this.totalRequests = 0;
      this.lastUsedAt = null;
      this.declareSuccessor(null);
    }
    this.modelId = choice.modelId;
    this.displayName = choice.displayName;
    this.isFree = choice.isFree;
    this.isForced = choice.isForced;
    this.updatedAt = at;
  }

  /** What takes over, once, when the provider says that the model is gone; null withdraws it. */
  declareSuccessor(successor: Successor | null, actor: string | null = null): void {
    this.successorProviderId = successor?.providerId ?? null;
    this.successorModelId = successor?.modelId ?? null;
    this.successorModelName = successor?.modelName ?? null;
    this.successorActor = successor === null ? null : actor;
  }

  /** The declared successor, if there is one. */
  successor(): Successor | null {
    const { successorProviderId: providerId, successorModelId: modelId, successorModelName: name } = this;
    return providerId && modelId ? { providerId, modelId, modelName: name ?? modelId } : null;
  }

  activate(at: Date): void {
    this.isActive = true;
    this.fallbackRank = null;
    this.updatedAt = at;
  }
}
SelectionSchema.setClass(Selection);
