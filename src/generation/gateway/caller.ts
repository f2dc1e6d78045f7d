import type { ServerResponse } from 'node:http';
import { CALL_ENDS } from '../../core/shutdown/index.js';

/** The caller of one request, who may go away, or be sent away by a shutdown, before the answer is complete. */
export class Caller {
  #isGone = false;
  #waitedMs = 0;
  #reason: Error | undefined;
  #controller: AbortController | undefined;
  #leave: ((reason: Error) => void) | undefined;

  constructor(response: ServerResponse) {
    response.once('close', () => {
      if (response.writableFinished) return;
      this.#isGone = true;
      this.end(goneError());
    });
    response.once(CALL_ENDS, (reason: Error) => this.end(reason));
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** Milliseconds spent waiting for upstreams so far. */
  get waitedMs(): number {
    return this.#waitedMs;
  }

  waited(milliseconds: number): void {
    this.#waitedMs += milliseconds;
  }

  /** Fires when the call has to end. Made when it is asked for: the hot path does without. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#reason !== undefined) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** Runs when the call has to end, at once if so already. The last one set counts: a request has one call at a time. */
  whenGone(leave: (reason: Error) => void): void {
    this.#leave = leave;
    if (this.#reason !== undefined) leave(this.#reason);
  }

  private end(reason: Error): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#controller?.abort(reason);
    this.#leave?.(reason);
  }
}

/** What a call ends with that nobody waits for any more. */
export function goneError(): Error {
  return new DOMException('The caller went away', 'AbortError');
}
