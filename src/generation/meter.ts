import { Injectable } from '@nestjs/common';
import { newId } from '../core/database/index.js';
import { SwitchboardError } from '../core/errors/index.js';
import { Clock } from '../core/time/index.js';
import type { Capability, TokenUsage } from '../providers/index.js';
import { type Cost, costOf, Ledger, type MeteredUsage, NO_USAGE, type UsageSource } from '../usage/index.js';
import type { GenerationContext } from './generation-context.js';
import { type GenerationTarget, TargetResolver } from './generation-target.js';

/** What a call used, and how we know. */
export interface Measured {
  readonly usage: MeteredUsage;
  readonly source: UsageSource;
  /** The vendor's own figure, a decimal string in USD. */
  readonly costUsd: string | null;
}

/** What a request tells of its size before it is sent; whatever is not known is left out. */
export interface ExpectedUsage {
  readonly promptTokens?: number;
  /** The caller's own bound of completion tokens. An estimate never goes beyond it, nor up to it without reason. */
  readonly maxCompletionTokens?: number;
  readonly images?: number;
  /** Characters to be spoken. */
  readonly characters?: number;
}

/** The clock and the pen of one generation: settles it exactly once, whatever happens. */
export interface Tally {
  /**
   * Takes room for a call to `target` where the caller has a limit there; without one it touches no database. Await it
   * before anything is sent, again for each stand-in (hand it to `Attempts` as `admit`): the room moves along.
   * @throws SwitchboardError `limit_exceeded`, `price_unknown`
   */
  reserve(target: GenerationTarget, expected?: ExpectedUsage): Promise<void>;
  /** The first piece of the answer is here. */
  firstToken(): void;
  /** Settles; answers what it cost, null when that is unknown. Later calls do nothing. */
  settle(target: GenerationTarget, measured: Measured): Promise<string | null>;
  /** Settles a failure, or an abort (`error` undefined), with what was used until then. */
  fail(target: GenerationTarget | null, error: unknown, measured?: Measured): Promise<void>;
}

/** Opens a tally per generation and writes its ledger row at the end. */
@Injectable()
export class Meter {
  constructor(
    private readonly ledger: Ledger,
    private readonly targets: TargetResolver,
    private readonly clock: Clock,
  ) {}

  open(capability: Capability, context: GenerationContext, isStream: boolean): Tally {
    const started = this.clock.monotonic();
    const createdAt = this.clock.now();
    let firstTokenMs: number | null = null;
    let isSettled = false;
    const write = (
      target: GenerationTarget | null,
      status: 'ok' | 'error' | 'aborted',
      errorCode: string | null,
      measured: Measured | null,
      cost: Cost | null,
    ) =>
      this.ledger.append({
        id: newId(),
        requestId: context.requestId,
        admin: context.admin.id,
        token: context.admin.token?.id ?? null,
        capability,
        provider: target?.provider.slug ?? context.target.provider ?? '',
        modelId: target?.modelId ?? context.target.modelId ?? '',
        selectionId: target?.selectionId ?? null,
        status,
        errorCode,
        stream: isStream,
        usage: measured?.usage ?? NO_USAGE,
        usageSource: measured?.source ?? null,
        costUsd: cost?.usd ?? null,
        priceSource: cost?.source ?? null,
        latencyMs: this.clock.monotonic() - started,
        firstTokenMs,
        createdAt,
      });
    return {
      reserve: () => Promise.resolve(),
      firstToken: () => {
        firstTokenMs ??= this.clock.monotonic() - started;
      },
      settle: async (target, measured) => {
        if (isSettled) return null;
        isSettled = true;
        const cost = await this.cost(target, measured);
        write(target, 'ok', null, measured, cost);
        return cost?.usd ?? null;
      },
      fail: async (target, error, measured) => {
        if (isSettled) return;
        isSettled = true;
        const isAborted = context.signal.aborted || error === undefined;
        const cost = target && measured ? await this.cost(target, measured) : null;
        const code = error instanceof SwitchboardError ? error.code : 'internal';
        write(target, isAborted ? 'aborted' : 'error', isAborted ? null : code, measured ?? null, cost);
      },
    };
  }

  private async cost(target: GenerationTarget, { usage, costUsd }: Measured): Promise<Cost | null> {
    if (costUsd !== null) return { usd: costUsd, source: 'provider' };
    try {
      const known = this.targets.pricingNow(target);
      return costOf(usage, known === undefined ? await this.targets.pricing(target) : known);
    } catch {
      return null; // a cost that cannot be told now is unknown, never a lost row
    }
  }
}

/** Token usage as the ledger keeps it. */
export function metered(usage: TokenUsage): MeteredUsage {
  return {
    ...NO_USAGE,
    promptTokens: usage.promptTokens,
    completionTokens: usage.completionTokens,
    totalTokens: usage.totalTokens,
    cachedTokens: usage.cachedTokens,
    reasoningTokens: usage.reasoningTokens,
  };
}
