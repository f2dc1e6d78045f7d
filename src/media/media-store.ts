import type { Readable } from 'node:stream';
import { SwitchboardError } from '../core/errors/index.js';

/** First and last byte, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface StoredFile {
  readonly key: string;
  readonly modifiedAt: Date;
}

export type MediaContent = Uint8Array | AsyncIterable<Uint8Array>;

/** Where the bytes of media lie. Keys are ours (see `isStorageKey`); a foreign key is a file that does not exist. */
export interface MediaStore {
  /**
   * Stores all of the content or nothing.
   * @returns the number of bytes
   * @throws SwitchboardError `upstream_bad_response` for content over the cap, `service_unavailable` when the store fails
   */
  put(key: string, content: MediaContent): Promise<number>;
  /** Null when there is no such file. Whoever asks reads the stream to its end or destroys it. */
  get(key: string, range?: ByteRange): Promise<Readable | null>;
  has(key: string): Promise<boolean>;
  /** Does nothing when there is no such file. */
  delete(key: string): Promise<void>;
  list(): AsyncIterable<StoredFile>;
}

/** Injection token of the `MediaStore` in use. */
export const MEDIA_STORE = Symbol('switchboard media store');

/** Bytes of one file. */
export const MAX_MEDIA_BYTES = 64 * 1024 * 1024;

/** A key of our own making: a UUID and the extension of the sniffed type. Nothing else reaches a path or a bucket. */
export function isStorageKey(key: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[a-z0-9]{2,5}$/.test(key);
}

/** The content in pieces, refused as soon as it is longer than the cap; the source is told to stop. */
export async function* capped(content: MediaContent, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of content instanceof Uint8Array ? [content] : content) {
    bytes += piece.byteLength;
    if (bytes > maxBytes)
      throw new SwitchboardError(
        'upstream_bad_response',
        `The provider sent more than ${String(maxBytes)} bytes for one file.`,
      );
    yield piece;
  }
}

/** A failure of the store as callers may see it. */
export function storeFailure(error: unknown): SwitchboardError {
  if (error instanceof SwitchboardError) return error;
  return new SwitchboardError('service_unavailable', 'The media store cannot be used at the moment.', { cause: error });
}
