import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Transform } from 'node:stream';
import { badResponse } from './outbound-failure.js';

/** What a response body tells the exchange it belongs to. */
export interface ResponseBodyEvents {
  /** The reader is slower than the provider: stop reading from the socket. */
  pause(): void;
  resume(): void;
  /** The reader lost interest. */
  cancel(): void;
  /** The bytes are not what they should be; the exchange calls {@link ResponseBody.fail} in turn. */
  fault(error: Error): void;
}

/** Bytes held for a reader that is slow, before the socket is paused. */
const HIGH_WATER_MARK = 65_536;

/**
 * The body of an answer as a web stream: decompressed, counted while it is read, with back-pressure to the socket.
 * Chunks that arrived before a failure are delivered before the error.
 */
export class ResponseBody {
  readonly stream: ReadableStream<Uint8Array>;
  readonly #events: ResponseBodyEvents;
  readonly #maxBytes: number;
  readonly #decoder: Transform | null;
  readonly #chunks: Uint8Array[] = [];
  #buffered = 0;
  #received = 0;
  #decoded = 0;
  #isPaused = false;
  #isWanted = false;
  #ending: { readonly error: Error | null } | null = null;
  #reader: ReadableStreamDefaultController<Uint8Array> | null = null;

  /**
   * @param encoding value of `content-encoding`, or null
   * @param maxBytes counted both before and after decompression
   * @throws {SwitchboardError} `upstream_bad_response` for an encoding nobody asked for
   */
  constructor(encoding: string | null, maxBytes: number, events: ResponseBodyEvents) {
    this.#events = events;
    this.#maxBytes = maxBytes;
    this.#decoder = decoderOf(encoding);
    this.#decoder
      ?.on('data', (chunk: Uint8Array) => this.#accept(chunk))
      .on('end', () => this.#close(null))
      .on('error', (error) => events.fault(badResponse('cannot be decompressed', error)))
      .on('drain', () => events.resume());
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#reader = controller;
        },
        pull: () => {
          this.#isWanted = true;
          this.#deliver();
        },
        cancel: () => {
          this.#decoder?.destroy();
          events.cancel();
        },
      },
      { highWaterMark: 0 },
    );
  }

  /** Takes bytes from the wire. */
  push(chunk: Uint8Array): void {
    this.#received += chunk.byteLength;
    if (this.#received > this.#maxBytes) this.#overflow();
    else if (this.#decoder === null) this.#accept(chunk);
    else if (!this.#decoder.write(chunk)) this.#events.pause();
  }

  /** The wire has ended well. */
  end(): void {
    if (this.#decoder === null) this.#close(null);
    else this.#decoder.end();
  }

  /** Ends the stream with an error; `discard` drops what the reader has not taken yet. */
  fail(error: Error, discard: boolean): void {
    if (discard) this.#chunks.length = 0;
    this.#decoder?.destroy();
    this.#close(error);
  }

  #overflow(): void {
    this.#events.fault(badResponse(`is larger than ${this.#maxBytes} bytes`));
  }

  #accept(chunk: Uint8Array): void {
    if (this.#ending !== null) return;
    this.#decoded += chunk.byteLength;
    if (this.#decoded > this.#maxBytes) return this.#overflow();
    this.#chunks.push(chunk);
    this.#buffered += chunk.byteLength;
    this.#deliver();
    if (this.#buffered >= HIGH_WATER_MARK && !this.#isPaused) {
      this.#isPaused = true;
      if (this.#decoder === null) this.#events.pause();
      else this.#decoder.pause();
    }
  }

  #close(error: Error | null): void {
    this.#ending ??= { error };
    this.#deliver();
  }

  #deliver(): void {
    if (this.#reader === null) return;
    const chunk = this.#isWanted ? this.#chunks.shift() : undefined;
    if (chunk !== undefined) {
      this.#isWanted = false;
      this.#buffered -= chunk.byteLength;
      this.#reader.enqueue(chunk);
      this.#resumeWhenLow();
    }
    if (this.#chunks.length > 0 || this.#ending === null) return;
    const reader = this.#reader;
    this.#reader = null;
    if (this.#ending.error === null) reader.close();
    else reader.error(this.#ending.error);
  }

  #resumeWhenLow(): void {
    if (!this.#isPaused || this.#buffered >= HIGH_WATER_MARK / 2) return;
    this.#isPaused = false;
    if (this.#decoder === null) this.#events.resume();
    else this.#decoder.resume();
  }
}

function decoderOf(encoding: string | null): Transform | null {
  switch (encoding?.trim().toLowerCase() ?? '') {
    case '':
    case 'identity':
      return null;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw badResponse('has an unknown content encoding');
  }
}
