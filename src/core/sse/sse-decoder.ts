import { SwitchboardError } from '../errors/index.js';

/** One server-sent event. `event` is null where the stream names none (the standard's `message`). */
export interface SseEvent {
  readonly event: string | null;
  readonly data: string;
}

export interface SseDecoderOptions {
  /**
   * Most characters one event may have before its blank line. Pictures arrive as base64 inside events.
   * @default 16777216
   */
  readonly maxEventSize?: number;
}

/**
 * Incremental decoder of `text/event-stream`: chunks may be split anywhere, inside a UTF-8 sequence or a CRLF too.
 * Keeps no more than one event in memory. `id` and `retry` mean nothing to us and are dropped, as are comments.
 *
 * @throws SwitchboardError `upstream_bad_response` when an event outgrows `maxEventSize`.
 */
export class SseDecoder {
  readonly #maxEventSize: number;
  // The text decoder drops a leading byte order mark by itself.
  readonly #text = new TextDecoder();
  #events: SseEvent[] = [];
  #partialLine = '';
  #skipLineFeed = false;
  #event: string | null = null;
  #data: string | null = null;
  #endedCleanly: boolean | null = null;

  constructor(options: SseDecoderOptions = {}) {
    this.#maxEventSize = options.maxEventSize ?? 16 * 1024 * 1024;
  }

  /** Null until `end` was called; then false when the stream stopped inside an event. */
  get endedCleanly(): boolean | null {
    return this.#endedCleanly;
  }

  /** Takes the next bytes and gives the events they complete. */
  push(chunk: Uint8Array): SseEvent[] {
    this.#feed(this.#text.decode(chunk, { stream: true }));
    return this.#take();
  }

  /**
   * Says that the bytes are over. An event whose blank line is missing is given all the same, for vendors that forget
   * it; `endedCleanly` tells that it may be a piece of one.
   */
  end(): SseEvent[] {
    this.#feed(this.#text.decode());
    this.#endedCleanly = this.#partialLine === '' && this.#data === null;
    if (this.#partialLine !== '') this.#line(this.#partialLine);
    this.#partialLine = '';
    this.#dispatch();
    return this.#take();
  }

  #take(): SseEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #feed(text: string): void {
    if (text === '') return;
    let start = this.#skipLineFeed && text.startsWith('\n') ? 1 : 0;
    this.#skipLineFeed = false;
    let carriageReturn = text.indexOf('\r', start);
    for (;;) {
      const lineFeed = text.indexOf('\n', start);
      if (carriageReturn !== -1 && carriageReturn < start) carriageReturn = text.indexOf('\r', start);
      const byReturn = carriageReturn !== -1 && (lineFeed === -1 || carriageReturn < lineFeed);
      const end = byReturn ? carriageReturn : lineFeed;
      if (end === -1) break;
      this.#line(this.#partialLine + text.slice(start, end));
      this.#partialLine = '';
      start = end + 1;
      if (!byReturn) continue;
      if (start === text.length) this.#skipLineFeed = true;
      else if (text.startsWith('\n', start)) start += 1;
    }
    this.#partialLine += text.slice(start);
    this.#check(this.#partialLine.length);
  }

  #line(line: string): void {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line.startsWith(' ', colon + 1) ? colon + 2 : colon + 1);
    if (field === 'event') this.#event = value;
    if (field !== 'data') return;
    this.#check(value.length);
    this.#data = this.#data === null ? value : `${this.#data}\n${value}`;
  }

  #dispatch(): void {
    if (this.#data !== null) this.#events.push({ event: this.#event, data: this.#data });
    this.#event = null;
    this.#data = null;
  }

  #check(more: number): void {
    if ((this.#data?.length ?? 0) + more <= this.#maxEventSize) return;
    throw new SwitchboardError('upstream_bad_response', 'The provider sent a stream event larger than we take.');
  }
}

/**
 * The events of a byte stream. Pass a decoder of your own to ask it `endedCleanly` afterwards. Returning early cancels
 * the source.
 */
export async function* readSse(
  source: AsyncIterable<Uint8Array>,
  decoder: SseDecoder = new SseDecoder(),
): AsyncGenerator<SseEvent, void, undefined> {
  for await (const chunk of source) yield* decoder.push(chunk);
  yield* decoder.end();
}
