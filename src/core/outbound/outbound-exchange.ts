import type { Dispatcher } from 'undici';
import { SwitchboardError } from '../errors/index.js';
import { abortError, badResponse, timedOut, toOutboundError } from './outbound-failure.js';
import type { OutboundRequest } from './outbound-request.js';
import { ResponseBody } from './response-body.js';

/** What one call may cost in time and bytes. Times are milliseconds. */
export interface CallLimits {
  /** From the call until the response head is complete, look-up and connect included. */
  readonly firstByteMs: number;
  /** Between two chunks of the body; any byte counts, keep-alive comments too. Not running while the reader is slow. */
  readonly idleMs: number;
  /** The whole call, until the last byte arrived. */
  readonly totalMs: number;
  /** Of the body, before and after decompression. */
  readonly maxResponseBytes: number;
  /** Aborts the call, like the signal given to `fetch`. */
  readonly signal?: AbortSignal;
}

const MAX_HEADERS = 256;
const BODILESS_STATUSES: ReadonlySet<number> = new Set([204, 205, 304]);
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Sends one request through a dispatcher and answers with a standard `Response`; see `OutboundHttp.fetchFor`. */
export function sendRequest(dispatcher: Dispatcher, request: OutboundRequest, limits: CallLimits): Promise<Response> {
  const exchange = new OutboundExchange(request, limits);
  if (!exchange.isOver)
    dispatcher.dispatch(
      {
        origin: request.url.origin,
        path: request.url.pathname + request.url.search,
        method: request.method,
        headers: request.headers,
        body: request.body,
        // This class keeps the time: undici's timers are coarse and know no total.
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      exchange,
    );
  return exchange.response;
}

class OutboundExchange implements Dispatcher.DispatchHandler {
  readonly response: Promise<Response>;
  #answer!: { resolve(response: Response): void; reject(error: Error): void };
  readonly #request: OutboundRequest;
  readonly #limits: CallLimits;
  readonly #signals: readonly AbortSignal[];
  readonly #onAbort = (event: Event): void => this.#fail(abortError((event.target as AbortSignal).reason), true);
  readonly #firstByteTimer: NodeJS.Timeout;
  readonly #totalTimer: NodeJS.Timeout;
  #idleTimer: NodeJS.Timeout | undefined;
  #isPaused = false;
  #controller: Dispatcher.DispatchController | null = null;
  #body: ResponseBody | null = null;
  #failure: Error | null = null;
  #isOver = false;

  constructor(request: OutboundRequest, limits: CallLimits) {
    this.response = new Promise((resolve, reject) => {
      this.#answer = { resolve, reject };
    });
    this.#request = request;
    this.#limits = limits;
    this.#signals = [request.signal, limits.signal].filter((signal) => signal != null);
    this.#firstByteTimer = this.#after(limits.firstByteMs, 'The provider did not begin to answer in time.');
    this.#totalTimer = this.#after(limits.totalMs, 'The provider did not finish its answer in time.');
    for (const signal of this.#signals) signal.addEventListener('abort', this.#onAbort, { once: true });
    const aborted = this.#signals.find((signal) => signal.aborted);
    if (aborted !== undefined) this.#fail(abortError(aborted.reason), true);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#failure !== null) controller.abort(this.#failure);
    else this.#controller = controller;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
    statusMessage?: string,
  ): void {
    if (status < 200 || this.#isOver) return;
    clearTimeout(this.#firstByteTimer);
    try {
      this.#answer.resolve(this.#toResponse(status, toHeaders(headers), statusMessage ?? ''));
      this.#watchIdleness();
    } catch (error) {
      // `Headers` and `Response` refuse what HTTP forbids, such as a status of 999.
      this.#fail(error instanceof SwitchboardError ? error : badResponse('is not HTTP', error));
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isOver) return;
    if (!this.#isPaused) this.#idleTimer?.refresh();
    this.#body?.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#isOver) return;
    this.#finish();
    this.#body?.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#fail(error);
  }

  #toResponse(status: number, headers: Headers, statusMessage: string): Response {
    const statusText = /^[\t\x20-\x7e]*$/.test(statusMessage) ? statusMessage : '';
    if (BODILESS_STATUSES.has(status) || this.#request.method === 'HEAD')
      return new Response(null, { status, statusText, headers });
    const encoding = headers.get('content-encoding');
    if (encoding === null && Number(headers.get('content-length')) > this.#limits.maxResponseBytes)
      throw badResponse(`is larger than ${this.#limits.maxResponseBytes} bytes`);
    this.#body = new ResponseBody(encoding, this.#limits.maxResponseBytes, {
      pause: () => this.#pause(),
      resume: () => this.#resume(),
      cancel: () => this.#fail(abortError('the body was cancelled'), true),
      fault: (error) => this.#fail(error),
    });
    if (encoding !== null) for (const name of ['content-encoding', 'content-length']) headers.delete(name);
    return new Response(this.#body.stream, { status, statusText, headers });
  }

  #pause(): void {
    if (this.#isOver) return;
    this.#isPaused = true;
    clearTimeout(this.#idleTimer);
    this.#controller?.pause();
  }

  #resume(): void {
    if (this.#isOver || !this.#isPaused) return;
    this.#isPaused = false;
    this.#watchIdleness();
    this.#controller?.resume();
  }

  #watchIdleness(): void {
    this.#idleTimer = this.#after(this.#limits.idleMs, 'The provider stopped in the middle of its answer.');
  }

  #after(milliseconds: number, what: string): NodeJS.Timeout {
    return setTimeout(() => this.#fail(timedOut(what), true), Math.min(milliseconds, LONGEST_TIMER_MS));
  }

  /** Ends the call with an error; `discard` also drops what arrived and was not read. */
  #fail(reason: unknown, discard = false): void {
    const error = toOutboundError(reason, this.#body !== null);
    // A decompressor may find its fault after the wire has ended well.
    if (this.#isOver) return this.#failure === null ? this.#body?.fail(error, discard) : undefined;
    this.#failure = error;
    this.#finish();
    this.#answer.reject(error);
    this.#body?.fail(error, discard);
    this.#controller?.abort(error);
  }

  #finish(): void {
    this.#isOver = true;
    for (const timer of [this.#firstByteTimer, this.#totalTimer, this.#idleTimer]) clearTimeout(timer);
    for (const signal of this.#signals) signal.removeEventListener('abort', this.#onAbort);
  }
}

function toHeaders(raw: Record<string, string | string[] | undefined>): Headers {
  const headers = new Headers();
  let count = 0;
  for (const [name, value] of Object.entries(raw))
    for (const one of Array.isArray(value) ? value : [value ?? '']) {
      if (++count > MAX_HEADERS) throw badResponse('has too many headers');
      headers.append(name, one);
    }
  return headers;
}
