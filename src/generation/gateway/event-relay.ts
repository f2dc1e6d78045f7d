import { SwitchboardError } from '../../core/errors/index.js';
import { type Measured, metered } from '../tally.js';
import type { GenerationTarget } from '../generation-target.js';
import type { Answer, Outlet } from './answer.js';
import { EventScanner } from './event-scanner.js';
import { errorOfEvent } from './upstream-answer.js';
import type { Receiver, UpstreamExchange } from './upstream-exchange.js';

const DONE = 'data: [DONE]\n\n';
const COLON = 0x3a;

/** What a relay has to know of its request. */
export interface RelayFacts {
  readonly target: GenerationTarget;
  /** Whether the caller asked for the event of usage. */
  readonly keepUsage: boolean;
  /** Our count, for streams that tell no usage. */
  readonly promptTokens: () => number;
  /** The form in which this door tells an error in the middle of a stream. */
  readonly toErrorEvent: (error: unknown) => string;
}

/**
 * Passes a stream of events on as it comes: whole events, at once, with back-pressure, and holding back nothing but the
 * event that is not complete yet. Opens with the first event, so that a stream which begins with an error never began.
 */
export class EventRelay implements Answer, Receiver {
  private readonly scanner: EventScanner;
  private outlet: Outlet | undefined;
  private ready: Buffer[] = [];
  private isOpen = false;
  private ending: { readonly error: Error | undefined } | undefined;
  private finished: (() => void) | undefined;

  /** @param opened called once, with the first event or with what came instead */
  constructor(
    private readonly exchange: UpstreamExchange,
    private readonly facts: RelayFacts,
    private readonly opened: (error?: Error) => void,
  ) {
    this.scanner = new EventScanner(facts.keepUsage);
  }

  data(chunk: Buffer): void {
    // A comment keeps the line open and says nothing.
    if (chunk[0] !== COLON) this.exchange.progress();
    try {
      this.take(this.scanner.push(chunk));
    } catch (error) {
      this.exchange.abort(error as Error);
    }
  }

  end(): void {
    this.take(this.scanner.end());
    if (this.ending === undefined) this.close(this.scanner.isComplete ? undefined : badEnd(this.facts.target));
  }

  fail(error: Error): void {
    // Complete is complete: a connection that breaks behind the end takes nothing away.
    this.close(this.scanner.isComplete && !isAbort(error) ? undefined : error);
  }

  async deliver(outlet: Outlet): Promise<void> {
    this.outlet = outlet;
    outlet.begin({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    outlet.firstToken();
    if (this.ending === undefined) {
      const waiting = this.ready;
      this.ready = [];
      for (const block of waiting) this.write(block);
      await new Promise<void>((resolve) => (this.finished = resolve));
    }
    const error = this.ending?.error;
    if (error === undefined) {
      await outlet.settle(this.measured('counted'));
      outlet.response.end(this.last());
      return;
    }
    if (!outlet.response.destroyed) {
      for (const block of this.ready) outlet.response.write(block);
      outlet.response.end(this.facts.toErrorEvent(error));
    }
    throw error;
  }

  partial(): Measured {
    return this.measured('estimated');
  }

  discard(error: Error): void {
    this.exchange.abort(error);
  }

  private take(block: Buffer | null): void {
    const { scanner } = this;
    if (!this.isOpen && scanner.error !== undefined) {
      const error = errorOfEvent(this.facts.target, scanner.error);
      this.ending = { error };
      this.exchange.abort(error);
      this.opened(error);
      return;
    }
    if (block !== null && scanner.hasBegun) this.pass(block);
    if (scanner.error !== undefined) {
      const error = errorOfEvent(this.facts.target, scanner.error);
      this.close(error);
      this.exchange.abort(error);
    } else if (scanner.isDone) this.close(undefined);
  }

  private pass(block: Buffer): void {
    // The last events wait for the ledger, so that no complete answer is without its row.
    if (this.outlet === undefined || this.scanner.isDone) this.ready.push(block);
    else this.write(block);
    if (this.isOpen) return;
    this.isOpen = true;
    this.exchange.told();
    this.opened();
  }

  private write(block: Buffer): void {
    const response = this.outlet?.response;
    if (response === undefined || response.destroyed || response.write(block)) return;
    this.exchange.pause();
    response.once('drain', () => this.exchange.resume());
  }

  private close(error: Error | undefined): void {
    if (this.ending !== undefined) return;
    this.ending = { error };
    if (!this.isOpen) this.opened(error ?? badEnd(this.facts.target));
    this.finished?.();
  }

  /** What is still to be sent, with the mark of the end where the upstream forgot it. */
  private last(): Buffer {
    return Buffer.concat(this.scanner.isDone ? this.ready : [...this.ready, Buffer.from(DONE)]);
  }

  private measured(without: 'counted' | 'estimated'): Measured {
    const { usage, estimatedTokens } = this.scanner;
    if (usage !== null) return { usage: metered(usage), source: 'provider', costUsd: usage.costUsd };
    const promptTokens = this.facts.promptTokens();
    const counted = {
      promptTokens,
      completionTokens: estimatedTokens,
      totalTokens: promptTokens + estimatedTokens,
      cachedTokens: null,
      reasoningTokens: null,
      costUsd: null,
    };
    // A count by the size of events is an estimate, however the stream ended.
    return { usage: metered(counted), source: without === 'counted' ? 'estimated' : without, costUsd: null };
  }
}

function badEnd(target: GenerationTarget): SwitchboardError {
  return new SwitchboardError(
    'upstream_bad_response',
    `${target.provider.slug} ended the stream before its answer was complete.`,
  );
}

function isAbort(error: Error): boolean {
  return error.name === 'AbortError';
}
