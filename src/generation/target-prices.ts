import { Injectable } from '@nestjs/common';
import { ModelCatalog } from '../models/index.js';
import type { ModelPricing } from '../providers/index.js';
import { type Cost, costOf } from '../usage/index.js';
import type { GenerationTarget } from './generation-target.js';
import type { Measured } from './tally.js';

/** What calls to a target cost. At once where its catalog is in memory, as it nearly always is. */
@Injectable()
export class TargetPrices {
  constructor(private readonly catalog: ModelCatalog) {}

  /** Prices of the target's model; null where its catalog knows none. */
  of({ provider, modelId }: GenerationTarget): ModelPricing | null | Promise<ModelPricing | null> {
    const known = this.catalog.peek(provider, null);
    if (known !== undefined) return known.byId.get(modelId)?.pricing ?? null;
    return this.catalog.read(provider, null).then(({ byId }) => byId.get(modelId)?.pricing ?? null);
  }

  /**
   * What a call cost: the vendor's own figure, else by the prices at which room was taken, else by those of now. A cost
   * that cannot be told now is unknown, never a lost row.
   */
  cost(
    target: GenerationTarget,
    { usage, costUsd }: Measured,
    room: { readonly pricing: ModelPricing | null } | null,
  ): Cost | null | Promise<Cost | null> {
    if (costUsd !== null) return { usd: costUsd, source: 'provider' };
    try {
      const pricing = room === null ? this.of(target) : room.pricing;
      if (pricing instanceof Promise) return pricing.then((read) => costOf(usage, read)).catch(() => null);
      return costOf(usage, pricing);
    } catch {
      return null;
    }
  }
}
