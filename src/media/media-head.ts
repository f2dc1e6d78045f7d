import type { MediaContent } from './media-store.js';
import { SNIFFED_BYTES } from './media-type.js';

export interface PeekedContent {
  readonly head: Uint8Array;
  /** The content from its beginning, to be read once. */
  readonly all: AsyncIterable<Uint8Array>;
  /** Tells the source to stop, when `all` will not be read to its end. */
  readonly close: () => Promise<unknown>;
}

/** The first bytes of a content, and the whole of it still to be read, from the same single pass. */
export async function peeked(content: MediaContent): Promise<PeekedContent> {
  const source = pieces(content)[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let bytes = 0;
  while (bytes < SNIFFED_BYTES) {
    const next = await source.next();
    if (next.done) break;
    first.push(next.value);
    bytes += next.value.byteLength;
  }
  return { head: Buffer.concat(first), all: joined(first, source), close: () => source.return(undefined) };
}

async function* pieces(content: MediaContent): AsyncGenerator<Uint8Array> {
  if (content instanceof Uint8Array) yield content;
  else yield* content;
}

async function* joined(first: readonly Uint8Array[], rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* first;
  yield* rest;
}
