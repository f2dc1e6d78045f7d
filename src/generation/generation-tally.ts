import { SwitchboardError } from '../core/errors/index.js';
import { quickId } from '../core/id/index.js';
import type { Telemetry } from '../core/telemetry/index.js';
import type { Clock } from '../core/time/index.js';
import {
  type Cost,
  type ExpectedUsage,
  INTERRUPTED,
  type Ledger,
  type LedgerRow,
  type MeteredUsage,
  NO_USAGE,
  type RateLimit,
  type Room,
  type Rooms,
} from '../usage/index.js';
import { type LedgeredCall, type Outcome, toLedgerRow } from './generation-row.js';
import type { GenerationTarget } from './generation-target.js';
import type { RunningGenerations } from './running-generations.js';
import type { Measured, Tally } from './tally.js';
import type { TargetPrices } from './target-prices.js';

interface World {
  readonly ledger: Ledger;
  readonly prices: TargetPrices;
  readonly rooms: Rooms;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly running: RunningGenerations;
}

/** Room that is held now, and for which target. */
interface HeldRoom extends Room {
  readonly target: GenerationTarget;
}

type Begun = Partial<Pick<MeteredUsage, 'promptTokens' | 'images' | 'characters'>>;

/** One generation's tally. */
export class GenerationTally implements Tally {
  private readonly started: number;
  private readonly createdAt: Date;
  private firstTokenMs: number | null = null;
  private isRunning = false;
  private isSettled = false;
  private room: HeldRoom | null = null;
  /** Names the call where no reservation does. */
  private begunId: string | null = null;

  constructor(
    private readonly world: World,
    private readonly call: LedgeredCall,
  ) {
    this.started = world.clock.monotonic();
    this.createdAt = world.clock.now();
  }

  async reserve(target: GenerationTarget, expected: ExpectedUsage = {}): Promise<void> {
    const { rooms, prices } = this.world;
    const { admin, requestId } = this.call.context;
    if (!this.isRunning) {
      this.world.running.enter(admin);
      this.isRunning = true;
    }
    if (this.room !== null) {
      if (isSame(this.room.target, target)) return;
      const left = this.room;
      this.room = null;
      await rooms.giveBack(left);
    }
    if (!rooms.isLimited(admin, target.provider)) return this.begin(target, expected);
    const room = await rooms.take({
      admin,
      requestId,
      provider: target.provider,
      capability: this.call.capability,
      modelId: target.modelId,
      selectionId: target.selectionId,
      stream: this.call.isStream,
      expected,
      pricing: await prices.of(target),
      createdAt: this.createdAt,
    });
    if (room !== null && this.call.context.signal.aborted) {
      // She left while she waited for room: nothing was sent, nothing is charged.
      await rooms.giveBack(room);
      return;
    }
    this.room = room && { ...room, target };
    // The reservation speaks for the call from now on.
    if (this.begunId !== null) this.world.ledger.dismiss(this.begunId);
    this.begunId = null;
  }

  /** Notes what a crash would leave of a call that no reservation speaks for. */
  private begin(target: GenerationTarget, { promptTokens = null, images = null, characters = null }: Begun): void {
    this.begunId ??= quickId();
    const used = {
      usage: { ...NO_USAGE, promptTokens, images, characters },
      source: 'estimated',
      costUsd: null,
    } as const;
    this.world.ledger.begin(
      this.row(target, { status: 'aborted', errorCode: INTERRUPTED, counts: true }, used, null, 0),
    );
  }

  get rateLimit(): RateLimit | null {
    return this.room?.rateLimit ?? null;
  }

  firstToken(): void {
    this.firstTokenMs ??= this.world.clock.monotonic() - this.started;
  }

  async settle(target: GenerationTarget, measured: Measured): Promise<string | null> {
    if (this.isSettled) return null;
    this.end();
    const cost = (await this.world.prices.cost(target, measured, this.room)) ?? this.room?.estimate.cost ?? null;
    await this.write(target, { status: 'ok', errorCode: null, counts: true }, measured, cost);
    // Nobody gets the last byte of an answer whose row a crash could take away.
    await this.world.ledger.secured();
    return cost?.usd ?? null;
  }

  async fail(named: GenerationTarget | null, error: unknown, measured?: Measured): Promise<void> {
    if (this.isSettled) return;
    this.end();
    const target = this.room?.target ?? named;
    const { signal } = this.call.context;
    // A shutdown ends calls, too, and says so with an error of ours: that is no caller who left.
    const isAborted = (signal.aborted && !(signal.reason instanceof SwitchboardError)) || error === undefined;
    const used = isAborted ? this.usedUntilAbort(measured) : (measured ?? null);
    const cost =
      target && used
        ? ((await this.world.prices.cost(target, used, this.room)) ?? this.room?.estimate.cost ?? null)
        : null;
    const errorCode = error instanceof SwitchboardError ? error.code : 'internal';
    await this.write(
      target,
      {
        status: isAborted ? 'aborted' : 'error',
        errorCode: isAborted ? null : errorCode,
        counts: isAborted ? target !== null : measured !== undefined,
      },
      used,
      cost,
    );
  }

  private end(): void {
    this.isSettled = true;
    if (this.isRunning) this.world.running.leave(this.call.context.admin);
  }

  /**
   * What a caller who left has used: what had arrived, or, when nothing had, what the call was estimated at, because
   * the vendor was at work for her.
   */
  private usedUntilAbort(measured: Measured | undefined): Measured | null {
    if (this.room === null || (measured !== undefined && this.firstTokenMs !== null)) return measured ?? null;
    const { usage, cost } = this.room.estimate;
    return { usage, source: 'estimated', costUsd: cost === null || cost.source !== 'history' ? null : cost.usd };
  }

  private write(
    target: GenerationTarget | null,
    outcome: Outcome,
    measured: Measured | null,
    cost: Cost | null,
  ): Promise<void> | undefined {
    const { capability, context, isStream } = this.call;
    const { ledger, clock, telemetry } = this.world;
    const latencyMs = clock.monotonic() - this.started;
    telemetry.record(
      {
        capability,
        provider: target?.provider.slug ?? null,
        model: target?.modelId ?? null,
        status: outcome.status,
        errorCode: outcome.errorCode,
        isStream,
        startedAt: this.createdAt,
        durationMs: latencyMs,
        firstTokenMs: this.firstTokenMs,
        inputTokens: measured?.usage.promptTokens ?? null,
        outputTokens: measured?.usage.completionTokens ?? null,
        costUsd: cost?.usd ?? null,
      },
      context.trace,
    );
    ledger.append(this.row(target, outcome, measured, cost, latencyMs));
    // Who has a limit sees the room that became free with her next call. A lost database keeps the row for later.
    return this.room === null ? undefined : ledger.flush().catch(() => undefined);
  }

  private row(
    target: GenerationTarget | null,
    outcome: Outcome,
    measured: Measured | null,
    cost: Cost | null,
    latencyMs: number,
  ): LedgerRow {
    const { createdAt, firstTokenMs } = this;
    const id = this.room?.id ?? this.begunId ?? quickId();
    return toLedgerRow(this.call, target, outcome, { id, measured, cost, createdAt, latencyMs, firstTokenMs });
  }
}

function isSame(one: GenerationTarget, other: GenerationTarget): boolean {
  return one.provider.id === other.provider.id && one.modelId === other.modelId;
}
