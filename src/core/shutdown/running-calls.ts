import type { ServerResponse } from 'node:http';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { SWITCHBOARD_SETTINGS, type SwitchboardSettings } from '../config/index.js';
import { SwitchboardError } from '../errors/index.js';
import { Roster } from '../roster/index.js';

/** What a call does when it has to end now. */
export type EndCall = (reason: SwitchboardError) => void;

/** Emitted on a response whose call has to end now; carries the `SwitchboardError` to end with. */
export const CALL_ENDS = 'switchboard:call-ends';

interface RunningCall {
  readonly response?: ServerResponse;
  readonly end: EndCall;
}

const WATCHED = Symbol('switchboard.watched');

/** Time for error frames and ledger rows after the calls were told to end. */
const LAST_WORDS_MS = 3_000;

/**
 * The calls that run now. A shutdown refuses new ones, waits for these as long as the drain timeout says, tells the
 * rest to end with `service_unavailable`, and only then lets the server and its pools close.
 */
@Injectable()
export class RunningCalls implements OnModuleDestroy, BeforeApplicationShutdown {
  private readonly running = new Roster<RunningCall>();
  private whenIdle: (() => void) | undefined;
  private isEnding = false;

  constructor(@Inject(SWITCHBOARD_SETTINGS) private readonly settings: SwitchboardSettings) {}

  /** From the first moment of a shutdown: readiness is gone, new calls are refused. */
  get isDraining(): boolean {
    return this.isEnding;
  }

  get size(): number {
    return this.running.size;
  }

  /** @throws SwitchboardError `service_unavailable` while draining */
  admit(): void {
    if (this.isEnding) throw shuttingDown();
  }

  /** Counts a request until its response is closed; told to end, it emits `CALL_ENDS`, or is cut if nobody listens. */
  watch(response: ServerResponse): void {
    const marked = response as ServerResponse & { [WATCHED]?: true };
    if (response.closed || response.destroyed || marked[WATCHED]) return;
    marked[WATCHED] = true;
    const end: EndCall = (reason) => void (response.emit(CALL_ENDS, reason) || response.destroy());
    response.once('close', this.enter(end, response));
  }

  /** Counts a call that is no request, such as one of a host's queue worker. @returns to be called when it is over */
  enter(end: EndCall, response?: ServerResponse): () => void {
    const seat = this.running.add(response === undefined ? { end } : { end, response });
    return () => {
      this.running.remove(seat);
      if (this.running.size === 0) this.whenIdle?.();
    };
  }

  /** Refuses new calls from now on; those that run answer with `Connection: close`. */
  beginDraining(): void {
    this.isEnding = true;
    this.running.forEach(({ response }) => {
      if (response?.headersSent === false) response.shouldKeepAlive = false;
    });
  }

  onModuleDestroy(): void {
    this.beginDraining();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.beginDraining();
    await this.idle(this.settings.drainTimeout * 1000);
    this.running.forEach(({ end }) => end(shuttingDown()));
    await this.idle(LAST_WORDS_MS);
  }

  /** Resolves when nothing runs any more, at the latest after so many milliseconds. */
  private idle(milliseconds: number): Promise<void> {
    if (this.running.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.whenIdle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** What a call meets that comes, or still runs, when the server goes. */
export function shuttingDown(): SwitchboardError {
  return new SwitchboardError('service_unavailable', 'This server is shutting down. Try again.', {
    retryAfterSeconds: 1,
  });
}
