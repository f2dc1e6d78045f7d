import { Injectable } from '@nestjs/common';
import { SwitchboardError } from '../core/errors/index.js';
import { CircuitBreaker, pause, withRetries } from '../core/outbound/index.js';
import { KeyTurns } from '../keys/index.js';
import { type ProviderCall, ProviderCaller } from '../providers/index.js';
import type { GenerationTarget } from './generation-target.js';

export interface AttemptOptions {
  readonly signal: AbortSignal;
  /** Whether the same call may be made twice: text yes, pictures and sounds no, they are paid each time. */
  readonly isRepeatable: boolean;
  /** Milliseconds for the whole call. */
  readonly totalMs?: number;
  /** Awaited once per target before anything is sent to it: what it throws ends the attempt at that target. */
  admit?(target: GenerationTarget): Promise<void>;
}

/** What an attempt answered, and who gave the answer. */
export interface Attempted<T> {
  readonly target: GenerationTarget;
  readonly result: T;
  readonly isFallback: boolean;
}

/** After these the vendor may have done the work, and charge it: a stand-in would be paid as well. */
const MAYBE_PAID = new Set(['upstream_timeout', 'upstream_bad_response']);

/** Failures that say something about the provider's health; the rest is the caller's or our key's doing. */
const SICK = new Set(['upstream_unavailable', 'upstream_timeout', 'upstream_bad_response']);

/**
 * Runs a call against its target, with retries, a breaker per provider and model, and the declared stand-ins. Only for
 * the time before the first byte: once `work` resolved, its outcome stands.
 */
@Injectable()
export class Attempts {
  private readonly breaker = new CircuitBreaker();

  constructor(
    private readonly caller: ProviderCaller,
    private readonly turns: KeyTurns,
  ) {}

  /** @throws SwitchboardError of the last target that was tried */
  run<T>(
    target: GenerationTarget,
    fallbacks: (error: unknown) => Promise<readonly GenerationTarget[]>,
    options: AttemptOptions,
    work: (call: ProviderCall, target: GenerationTarget) => Promise<T>,
  ): Promise<Attempted<T>> {
    return this.runEach(target, fallbacks, options, (each) => work(this.callOf(each, options), each));
  }

  /** The strategy's view of the world for one call to the target. */
  callOf({ provider, key }: GenerationTarget, options: Pick<AttemptOptions, 'signal' | 'totalMs'>): ProviderCall {
    const { signal, totalMs } = options;
    return this.caller.callFor(provider, key.secret, { signal, ...(totalMs === undefined ? {} : { totalMs }) });
  }

  /** The same for work that makes its own call. `options.signal` is read only when something has failed. */
  async runEach<T>(
    target: GenerationTarget,
    fallbacks: (error: unknown) => Promise<readonly GenerationTarget[]>,
    options: AttemptOptions,
    work: (target: GenerationTarget) => Promise<T>,
  ): Promise<Attempted<T>> {
    try {
      return { target, result: await this.tryOne(target, options, work), isFallback: target.isStandIn === true };
    } catch (error) {
      if (!isWorthAnother(error, options) || options.signal.aborted) throw error;
      let last = error;
      for (const standIn of await fallbacks(error)) {
        try {
          return { target: standIn, result: await this.tryOne(standIn, options, work), isFallback: true };
        } catch (next) {
          last = next;
          if (!isWorthAnother(next, options) || options.signal.aborted) break;
        }
      }
      throw last;
    }
  }

  /** One target, with another of its keys where the provider refuses one. */
  private async tryOne<T>(
    target: GenerationTarget,
    options: AttemptOptions,
    work: (target: GenerationTarget) => Promise<T>,
  ): Promise<T> {
    await options.admit?.(target);
    const tried = new Set<string>();
    for (let keyed = target; ;) {
      try {
        return await this.tryKey(keyed, tried, options, work);
      } catch (error) {
        const key = this.turns.next(keyed.provider, keyed.key, error, tried);
        if (key === null || options.signal.aborted) throw error;
        keyed = { ...target, key };
      }
    }
  }

  private tryKey<T>(
    target: GenerationTarget,
    tried: ReadonlySet<string>,
    options: AttemptOptions,
    work: (target: GenerationTarget) => Promise<T>,
  ): Promise<T> {
    const { provider, key } = target;
    return withRetries(() => this.guarded(target, () => work(target)), {
      maxRetries: options.isRepeatable ? provider.profile.config.maxRetry : 0,
      // Another key need not wait.
      isRepeatable: (error) => isSameKey(error) && !this.turns.canPass(provider, key, error, tried),
      // Not `signal`, which would have to be made for every call.
      sleep: (milliseconds) => pause(milliseconds, options.signal),
    });
  }

  private async guarded<T>(target: GenerationTarget, work: () => Promise<T>): Promise<T> {
    const permit = this.breaker.enter(`${target.provider.slug}\n${target.modelId}`);
    try {
      const result = await work();
      permit.succeed();
      return result;
    } catch (error) {
      if (!(error instanceof SwitchboardError)) permit.cancel();
      else if (SICK.has(error.code)) permit.fail();
      else permit.succeed();
      throw error;
    }
  }
}

function isWorthAnother(error: unknown, { isRepeatable }: AttemptOptions): boolean {
  if (!(error instanceof SwitchboardError) || error.retry === 'never') return false;
  return isRepeatable || !MAYBE_PAID.has(error.code);
}

function isSameKey(error: unknown): boolean {
  return error instanceof SwitchboardError && error.retry === 'same-key';
}
