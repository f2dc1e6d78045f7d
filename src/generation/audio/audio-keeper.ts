import { Injectable, Logger } from '@nestjs/common';
import { SwitchboardError } from '../../core/errors/index.js';
import { MediaService } from '../../media/index.js';
import { audioDuration, audioMime } from './audio-format.js';
import type { SpeechAnswer } from './audio.service.js';

/** A sound from its beginning to its end. */
export interface WholeSound {
  readonly bytes: Buffer;
  /** By its bytes. */
  readonly mime: string;
  /** Seconds; null where it cannot be told without decoding. */
  readonly duration: number | null;
  /** Null when it was not kept. */
  readonly saved: { readonly mediaId: string; readonly url: string } | null;
}

/** Bytes of a sound that is answered as JSON or kept. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Gathers sounds for those who want them whole, and keeps them. */
@Injectable()
export class AudioKeeper {
  private readonly logger = new Logger(AudioKeeper.name);

  constructor(private readonly media: MediaService) {}

  /**
   * @param owner keeps the sound for this admin; null only gathers it
   * @throws SwitchboardError of the stream; `upstream_bad_response` for a sound that does not end
   */
  async gather({ audio, mime: declared }: SpeechAnswer, owner: string | null): Promise<WholeSound> {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of audio) {
      length += piece.byteLength;
      if (length > MAX_BYTES)
        throw new SwitchboardError('upstream_bad_response', 'The sound that came back is too long.');
      pieces.push(piece);
    }
    const bytes = Buffer.concat(pieces);
    const mime = await audioMime(bytes, declared);
    const saved = owner === null ? null : await this.save(bytes, owner);
    return { bytes, mime, duration: audioDuration(bytes, mime), saved };
  }

  /** A sound that was paid is not lost with a full disk: null then. */
  private async save(bytes: Buffer, owner: string): Promise<WholeSound['saved']> {
    try {
      const { id } = await this.media.save({ owner, kind: 'audio', bytes });
      return { mediaId: id, url: this.media.signedUrl(id) };
    } catch (error) {
      this.logger.error(`A sound could not be kept: ${String(error)}`);
      return null;
    }
  }
}
