import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { newId } from '../core/database/index.js';
import { SwitchboardError } from '../core/errors/index.js';
import { Clock } from '../core/time/index.js';
import { peeked } from './media-head.js';
import { isMediaSignature, signMedia } from './media-signature.js';
import {
  type ByteRange,
  capped,
  MAX_MEDIA_BYTES,
  MEDIA_STORE,
  type MediaContent,
  type MediaStore,
} from './media-store.js';
import { sniffMediaType } from './media-type.js';
import { Media, type MediaKind } from './media.entity.js';
import { MediaRepository } from './media.repository.js';
import { readPictureFacts } from './picture-facts.js';

export interface MediaOptions {
  /** The first one signs addresses, all of them read, so that a rotation breaks none. The same on every replica. */
  readonly secrets: readonly [Uint8Array, ...Uint8Array[]];
  /** What stands before `/media`, without a trailing slash. @default '' */
  readonly prefix?: string;
}

/** Injection token of `MediaOptions`. */
export const MEDIA_OPTIONS = Symbol('switchboard media options');

/** Seconds for which a signed address works unless said otherwise. */
const SIGNED_FOR = 24 * 3600;

export interface NewMedia {
  /** Id of the admin it belongs to. */
  readonly owner: string;
  readonly kind: MediaKind;
  readonly bytes: MediaContent;
}

/** The facts of a stored medium. */
export interface StoredMedia {
  readonly id: string;
  readonly kind: MediaKind;
  readonly mime: string;
  readonly bytes: number;
  /** Pixels; null for sounds. */
  readonly width: number | null;
  readonly height: number | null;
  readonly sha256: string;
  readonly storageKey: string;
}

export interface OpenedMedia extends StoredMedia {
  /** The bytes, all or a part. @throws SwitchboardError `not_found` when the file is gone */
  read(range?: ByteRange): Promise<Readable>;
}

/** By what right somebody reads: as the owner, or with a signed address. */
export interface MediaAccess {
  /** Id of the admin who asks; null for nobody. */
  readonly viewer: string | null;
  /** The query of a signed address, as it came. */
  readonly signed?: { readonly expires: string; readonly signature: string };
}

/** Keeps pictures and sounds and hands them out to those who may have them. */
@Injectable()
export class MediaService {
  constructor(
    @Inject(MEDIA_STORE) private readonly store: MediaStore,
    @Inject(MediaRepository) private readonly repository: MediaRepository,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(MEDIA_OPTIONS) private readonly options: MediaOptions,
  ) {}

  /**
   * Stores a medium. Its type is what its bytes prove; a sound is piped, a picture is gathered and measured.
   * @throws SwitchboardError `upstream_bad_response` for what is no picture, a bomb, or too long;
   * `service_unavailable` when the store fails
   */
  async save({ owner, kind, bytes: content }: NewMedia): Promise<StoredMedia> {
    const picture = kind === 'image' ? await gather(content) : null;
    const { head, all, close } = await peeked(picture ?? content);
    const facts = picture
      ? await readPictureFacts(picture)
      : { ...(await sniffMediaType(head)), width: null, height: null };
    const { mime, extension, width, height } = facts;
    const hash = createHash('sha256');
    const storageKey = `${newId()}.${extension}`;
    const bytes = await this.store.put(storageKey, hashed(all, hash)).finally(close);
    const media = new Media();
    Object.assign(media, { id: newId(), owner, kind, mime, bytes, width, height, storageKey });
    Object.assign(media, { sha256: hash.digest('hex'), createdAt: this.clock.now() });
    try {
      await this.repository.add(media);
    } catch (error) {
      // If this fails too, the clean-up finds the file later.
      await this.store.delete(storageKey).catch(() => undefined);
      throw error;
    }
    return toStoredMedia(media);
  }

  /** The path of a medium that anyone may read who holds it, until it expires. */
  signedUrl(id: string, expires: Date = new Date(this.clock.now().getTime() + SIGNED_FOR * 1000)): string {
    const seconds = Math.floor(expires.getTime() / 1000);
    const signature = signMedia(this.options.secrets[0], id, seconds);
    return `${this.options.prefix ?? ''}/media/${id}?expires=${String(seconds)}&signature=${signature}`;
  }

  /**
   * @throws SwitchboardError `forbidden` for a signature that is expired or not ours, `not_found` for everything that
   * does not exist or is not the viewer's: the two look the same
   */
  async open(id: string, access: MediaAccess): Promise<OpenedMedia> {
    if (access.signed) this.requireSignature(id, access.signed);
    const media = /^[0-9a-f-]{36}$/.test(id) ? await this.repository.find(id) : null;
    if (!media || (!access.signed && media.owner !== access.viewer)) throw notFound();
    const { storageKey } = media;
    return {
      ...toStoredMedia(media),
      read: async (range) => {
        const stream = await this.store.get(storageKey, range);
        if (!stream) throw notFound();
        return stream;
      },
    };
  }

  private requireSignature(id: string, signed: { readonly expires: string; readonly signature: string }): void {
    const expires = /^\d{1,12}$/.test(signed.expires) ? Number(signed.expires) : Number.NaN;
    if (!this.options.secrets.some((secret) => isMediaSignature(secret, id, expires, signed.signature)))
      throw new SwitchboardError('forbidden', 'This address was not signed by us, or was changed.');
    if (expires * 1000 <= this.clock.now().getTime())
      throw new SwitchboardError('forbidden', 'This address has expired. Ask for the medium again.');
  }
}

function notFound(): SwitchboardError {
  return new SwitchboardError('not_found', 'There is no such medium.');
}

function toStoredMedia(media: Media): StoredMedia {
  const { id, kind, mime, bytes, width, height, sha256, storageKey } = media;
  return { id, kind, mime, bytes, width: width ?? null, height: height ?? null, sha256, storageKey };
}

async function gather(content: MediaContent): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of capped(content, MAX_MEDIA_BYTES)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* hashed(pieces: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}
