import type { GenerationTarget } from '../generation-target.js';
import type { Measured } from '../tally.js';
import type { Answer, Outlet } from './answer.js';
import type { Receiver, UpstreamExchange, UpstreamHeaders } from './upstream-exchange.js';
import { jsonOf } from './upstream-answer.js';
import { WholeAnswer } from './whole-answer.js';

/** Of the end of an answer that is not kept: where vendors tell what it used. */
const TAIL_BYTES = 16 * 1024;

export interface PipeFacts {
  readonly target: GenerationTarget;
  readonly contentType: string;
  /** Up to so many bytes an answer is gathered and looked at before it goes on; 0 for sounds. */
  readonly gathered: number;
  /** @param end the whole answer where it was gathered, else its end */
  readonly measure: (end: Buffer) => Measured;
  /** Looks at an answer that was gathered. @throws SwitchboardError for what is none */
  readonly check?: (whole: Buffer) => void;
}

/**
 * Passes an answer on: small ones after a look at them, large ones as they come, with back-pressure. The last piece is
 * held until the next one shows that it is not the last, so that the ledger's row is written before an answer is whole.
 */
export class PipedAnswer implements Answer, Receiver {
  private readonly waiting: Buffer[] = [];
  private size = 0;
  private tail: Buffer[] = [];
  private isOpen = false;
  private outlet: Outlet | undefined;
  private ending: { readonly error: Error | undefined } | undefined;
  private finished: (() => void) | undefined;

  constructor(
    private readonly exchange: UpstreamExchange,
    private readonly headers: UpstreamHeaders,
    private readonly facts: PipeFacts,
    private readonly opened: (answer: Answer) => void,
    private readonly failed: (error: Error) => void,
  ) {}

  data(chunk: Buffer): void {
    this.exchange.progress();
    this.size += chunk.length;
    this.remember(chunk);
    this.waiting.push(chunk);
    if (!this.isOpen && this.size > this.facts.gathered) this.open();
    else if (this.outlet !== undefined) this.write();
  }

  end(): void {
    this.ending = { error: undefined };
    if (this.isOpen) return this.finished?.();
    this.exchange.told();
    const { contentType, check, measure } = this.facts;
    const whole = Buffer.concat(this.waiting);
    try {
      if (check === undefined) jsonOf(this.facts.target, whole);
      else check(whole);
      this.opened(new WholeAnswer(whole, contentType, measure(whole)));
    } catch (error) {
      this.failed(error instanceof Error ? error : new Error(String(error)));
    }
  }

  fail(error: Error): void {
    this.ending ??= { error };
    if (this.isOpen) this.finished?.();
    else this.failed(error);
  }

  async deliver(outlet: Outlet): Promise<void> {
    const length = this.headers['content-length'];
    outlet.begin({
      'content-type': this.facts.contentType,
      ...(typeof length === 'string' && { 'content-length': length }),
    });
    outlet.firstToken();
    this.outlet = outlet;
    this.write();
    if (this.ending === undefined) await new Promise<void>((resolve) => (this.finished = resolve));
    // Whoever waits for the rest sees the connection break: what came is not the whole.
    if (this.ending?.error !== undefined) throw this.ending.error;
    await outlet.settle(this.facts.measure(Buffer.concat(this.tail)));
    outlet.response.end(Buffer.concat(this.waiting));
  }

  partial(): Measured {
    return this.facts.measure(Buffer.concat(this.tail));
  }

  discard(error: Error): void {
    this.exchange.abort(error);
  }

  private open(): void {
    this.isOpen = true;
    this.exchange.told();
    this.opened(this);
  }

  private write(): void {
    const response = this.outlet?.response;
    if (response === undefined) return;
    let hasRoom = true;
    while (this.waiting.length > 1) hasRoom = response.write(this.waiting.shift());
    if (hasRoom || response.destroyed) return;
    this.exchange.pause();
    response.once('drain', () => this.exchange.resume());
  }

  private remember(chunk: Buffer): void {
    this.tail.push(chunk);
    let kept = this.tail.reduce((sum, { length }) => sum + length, 0);
    while (this.tail.length > 1 && kept - (this.tail[0]?.length ?? 0) >= TAIL_BYTES)
      kept -= this.tail.shift()?.length ?? 0;
  }
}
