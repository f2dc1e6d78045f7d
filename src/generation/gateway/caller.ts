import type { ServerResponse } from 'node:http';

/** The caller of one request, who may go away before the answer is complete. */
export class Caller {
  #isGone = false;
  #waitedMs = 0;
  #controller: AbortController | undefined;
  #leave: (() => void) | undefined;

  constructor(response: ServerResponse) {
    response.once('close', () => {
      if (response.writableFinished) return;
      this.#isGone = true;
      this.#controller?.abort(goneError());
      this.#leave?.();
    });
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

  /** Fires when the caller goes. Made when it is asked for: the hot path does without. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#isGone) this.#controller.abort(goneError());
    }
    return this.#controller.signal;
  }

  /** Runs when the caller goes, at once if she has gone. The last one set counts: a request has one call at a time. */
  whenGone(leave: () => void): void {
    this.#leave = leave;
    if (this.#isGone) leave();
  }
}

/** What a call ends with that nobody waits for any more. */
export function goneError(): Error {
  return new DOMException('The caller went away', 'AbortError');
}
