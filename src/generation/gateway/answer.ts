import type { ServerResponse } from 'node:http';
import type { Measured } from '../tally.js';

/** Where an answer goes: Node's own response, with the head already thought out. */
export interface Outlet {
  readonly response: ServerResponse;
  /** Sends status 200 and the head. */
  begin(headers: Readonly<Record<string, string | number>>): void;
  /** Writes the ledger's row. Awaited before the last byte goes out, so that no complete answer is ever without one. */
  settle(measured: Measured): Promise<unknown>;
  /** The first piece of the answer is here. */
  firstToken(): void;
}

/** An answer that has begun well: from here on there is no retry. */
export interface Answer {
  /**
   * Sends it, settles it and ends the response.
   * @throws what broke it off; the format's own way of saying so has been sent by then
   */
  deliver(outlet: Outlet): Promise<void>;
  /** What was used until it broke off. */
  partial(): Measured;
  /** Drops it, when nobody is there to take it. */
  discard(error: Error): void;
}
