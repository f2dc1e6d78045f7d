import { readSse } from '../../../core/sse/index.js';

/**
 * Passes a stream on to the Google SDK in the one form its reader takes, and at the pace of whoever reads the result.
 *
 * The reader wants each event as one `data: ` line and nothing else, cannot match U+2028 and U+2029 inside it, pulls
 * as fast as upstream sends while keeping all of it in two queues, and goes on when nobody listens any more. So the
 * events come decoded by our own decoder, the next one only after `next()`, and `close()` ends upstream.
 */
export class EventRelay {
  #source: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #granted = 1;
  #grant: (() => void) | undefined;
  #closed = false;
  #failure: unknown;

  /** What broke the source, undefined while nothing did. The SDK replaces it with an error of its own. */
  get failure(): unknown {
    return this.#failure;
  }

  /** The answer with its body normalised. */
  relay(response: Response): Response {
    if (response.body === null) return response;
    this.#source = response.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
    const { status, headers } = response;
    return new Response(ReadableStream.from(this.#events(this.#source)), { status, headers });
  }

  /** Lets one more event through. */
  next(): void {
    this.#granted += 1;
    this.#grant?.();
  }

  /** Ends the source, also in the middle of a wait. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#grant?.();
    await this.#source?.cancel().catch(() => undefined);
  }

  async *#events(source: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    const encoder = new TextEncoder();
    try {
      for await (const { data } of readSse(chunksOf(source))) {
        if (data === '' || data === '[DONE]') continue;
        if (!(await this.#granting())) return;
        yield encoder.encode(`data: ${onOneLine(data)}\n\n`);
      }
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  async #granting(): Promise<boolean> {
    while (this.#granted === 0 && !this.#closed) {
      await new Promise<void>((resolve) => (this.#grant = resolve));
    }
    this.#granted -= 1;
    return !this.#closed;
  }
}

async function* chunksOf(source: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  for (;;) {
    const { done, value } = await source.read();
    if (done) return;
    yield value;
  }
}

/** Line breaks in JSON text stand between tokens; the two Unicode separators can only stand inside strings. */
function onOneLine(json: string): string {
  return json
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
