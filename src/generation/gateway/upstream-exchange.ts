import type { Dispatcher } from 'undici';
import { SwitchboardError } from '../../core/errors/index.js';
import { badResponse, timedOut, toOutboundError } from '../../core/outbound/index.js';
import type { Seat } from '../../core/roster/index.js';
import type { DeadlineWatch, Watched } from './deadline-watch.js';

/** Names in lower case. */
export type UpstreamHeaders = Record<string, string | string[] | undefined>;

/** Takes what an upstream sends after its head. */
export interface Receiver {
  data(chunk: Buffer): void;
  end(): void;
  fail(error: Error): void;
}

/** Milliseconds. */
export interface ExchangeLimits {
  /** From the call to the response head, connecting included. */
  readonly firstByteMs: number;
  /** Without progress, once the head is here. */
  readonly idleMs: number;
  readonly totalMs: number;
  /** For which a caller may leave us waiting until she is given up. */
  readonly stallMs: number;
}

/** Decides by the head who takes the rest. */
export type Receive = (status: number, headers: UpstreamHeaders, exchange: UpstreamExchange) => Receiver;

/**
 * One request on the wire, without a promise, a web stream or a timer per piece. Exactly one of `end` and `fail` reaches
 * the receiver; before the head, `fail` goes to whoever made the call.
 */
export class UpstreamExchange implements Dispatcher.DispatchHandler, Watched {
  readonly #started = performance.now();
  readonly #seat: Seat<Watched>;
  #controller: Dispatcher.DispatchController | undefined;
  #receiver: Receiver | undefined;
  #progress = 0;
  #pausedAt: number | undefined;
  #failure: Error | undefined;
  #isOver = false;
  /** Monotonic milliseconds of the response head; undefined before. */
  headAt: number | undefined;

  constructor(
    private readonly receive: Receive,
    private readonly failed: (error: Error) => void,
    private readonly limits: ExchangeLimits,
    private readonly watch: DeadlineWatch,
    private readonly waited: (milliseconds: number) => void,
  ) {
    this.#seat = watch.add(this);
  }

  /** The upstream said what was waited for; called once, for the measurement of what we add ourselves. */
  told(): void {
    this.waited(performance.now() - this.#started);
  }

  /** The upstream did something of use. Bytes alone may be keep-alives, so that receivers say it. */
  progress(): void {
    this.#progress = this.watch.now;
  }

  /** The caller is slower than the upstream. */
  pause(): void {
    if (this.#isOver || this.#pausedAt !== undefined) return;
    this.#pausedAt = this.watch.now;
    this.#controller?.pause();
  }

  resume(): void {
    if (this.#isOver || this.#pausedAt === undefined) return;
    this.#pausedAt = undefined;
    this.progress();
    this.#controller?.resume();
  }

  /** Ends the exchange now; the connection is closed. */
  abort(error: Error): void {
    if (this.#isOver) return;
    this.#failure = error;
    this.#finish();
    this.#controller?.abort(error);
    this.#tell(error);
  }

  check(now: number): void {
    const { firstByteMs, idleMs, totalMs, stallMs } = this.limits;
    if (this.#pausedAt !== undefined && now - this.#pausedAt > stallMs)
      this.abort(new SwitchboardError('upstream_timeout', 'The caller took nothing for too long.'));
    else if (now - this.#started > totalMs) this.abort(timedOut('The provider did not finish its answer in time.'));
    else if (this.headAt === undefined && now - this.#started > firstByteMs)
      this.abort(timedOut('The provider did not begin to answer in time.'));
    else if (this.headAt !== undefined && this.#pausedAt === undefined && now - this.#progress > idleMs)
      this.abort(timedOut('The provider stopped in the middle of its answer.'));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#failure !== undefined) controller.abort(this.#failure);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: UpstreamHeaders): void {
    if (status < 200 || this.#isOver) return;
    this.headAt = performance.now();
    this.#progress = this.headAt;
    const encoding = headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') return this.abort(badResponse('is compressed unasked'));
    this.#receiver = this.receive(status, headers, this);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#isOver) this.#receiver?.data(chunk);
  }

  onResponseEnd(): void {
    if (this.#isOver) return;
    this.#finish();
    this.#receiver?.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    if (this.#isOver) return;
    this.#finish();
    this.#tell(toOutboundError(error, this.headAt !== undefined));
  }

  #tell(error: Error): void {
    if (this.#receiver === undefined) this.failed(error);
    else this.#receiver.fail(error);
  }

  #finish(): void {
    this.#isOver = true;
    this.watch.remove(this.#seat);
  }
}
