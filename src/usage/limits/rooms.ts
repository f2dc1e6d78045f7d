import { Injectable } from '@nestjs/common';
import { newId } from '../../core/database/index.js';
import { SwitchboardError } from '../../core/errors/index.js';
import type { Admin } from '../../core/identity/index.js';
import type { Capability, ModelPricing, ProviderRecord } from '../../providers/index.js';
import type { Cost } from '../cost.js';
import { Counters } from './counters.js';
import { type ExpectedUsage, estimateOf } from './estimate.js';
import { type CallerLimits, Limits } from './limits.js';
import { ModelHistories } from './model-histories.js';
import { type RateLimit, rateLimitOf } from './rate-limit.js';
import { Reservations } from './reservations.js';
import type { MeteredUsage } from '../ledger-row.js';

/** A call for which room is wanted. */
export interface RoomWish {
  readonly admin: Admin;
  readonly requestId: string;
  readonly provider: ProviderRecord;
  readonly capability: Capability;
  readonly modelId: string;
  readonly selectionId: string | null;
  readonly stream: boolean;
  readonly expected: ExpectedUsage;
  /** The prices of now: the call is charged by them, whatever they become meanwhile. */
  readonly pricing: ModelPricing | null;
  readonly createdAt: Date;
}

/** Room that was taken for one call. */
export interface Room {
  /** Id of the reservation and of the call's ledger row. */
  readonly id: string;
  readonly pricing: ModelPricing | null;
  readonly estimate: { readonly usage: MeteredUsage; readonly cost: Cost | null };
  /** What the caller's limits leave besides this call. */
  readonly rateLimit: RateLimit;
}

/** Lets a call through where its caller's limits have room for it. */
@Injectable()
export class Rooms {
  constructor(
    private readonly limits: Limits,
    private readonly histories: ModelHistories,
    private readonly reservations: Reservations,
    private readonly counters: Counters,
  ) {}

  /** Whether any limit holds for this caller; decided from memory. */
  isLimited(admin: Admin, provider: ProviderRecord): boolean {
    return this.limits.of(admin, provider) !== null;
  }

  /**
   * Null where no limit holds; then the database was not touched.
   * @throws SwitchboardError `limit_exceeded`, `price_unknown`, `service_unavailable`
   */
  async take(wish: RoomWish): Promise<Room | null> {
    const { admin, provider, capability, modelId, pricing } = wish;
    const limits = this.limits.of(admin, provider);
    if (limits === null) return null;
    const history = await this.histories.of(provider.slug, modelId, capability);
    const estimated = estimateOf(wish.expected, history, pricing);
    const cost = estimated.cost ?? costByPolicy(limits, provider, modelId);
    const id = newId();
    const taken = await this.reservations.take(limits.counters, {
      id,
      requestId: wish.requestId,
      admin: admin.id,
      token: admin.token?.id ?? null,
      provider: provider.slug,
      capability,
      modelId,
      selectionId: wish.selectionId,
      stream: wish.stream,
      usd: cost?.usd ?? '0',
      priceSource: cost?.source ?? null,
      usage: estimated.usage,
      createdAt: wish.createdAt,
    });
    if (taken === null) throw await this.counters.refusal(limits, provider, cost?.usd ?? '0');
    const estimate = { usage: estimated.usage, cost };
    return { id, pricing, estimate, rateLimit: rateLimitOf(limits.counters, taken) };
  }

  giveBack(room: Room): Promise<void> {
    return this.reservations.giveBack(room.id);
  }
}

/** @throws SwitchboardError `price_unknown` */
function costByPolicy(limits: CallerLimits, provider: ProviderRecord, modelId: string): Cost | null {
  if (!limits.hasBudget) return null;
  switch (limits.unknownPrice) {
    case 'allow':
      return null;
    case 'ceiling':
      return { usd: limits.unknownPriceCeilingUsd ?? '0', source: 'ceiling' };
    case 'refuse':
      throw new SwitchboardError(
        'price_unknown',
        `The price of ${provider.slug}/${modelId} is unknown, and you have a money budget. Choose a model with a price, or ask a superadmin to allow it: PATCH /api/admin/ai-settings/${provider.slug} {"unknown_price": "allow"} or "ceiling".`,
      );
  }
}
