import sharp from 'sharp';
import { SwitchboardError } from '../core/errors/index.js';
import { isPictureType, sniffMediaType } from './media-type.js';

/** Pixels of one picture, all frames together: 50 million hold 8,192 × 6,144. */
export const MAX_PICTURE_PIXELS = 50_331_648;
const MAX_FRAMES = 500;

/** What a picture's header says, and its bytes prove. */
export interface PictureFacts {
  readonly mime: string;
  readonly extension: string;
  /** Pixels as shown, with the camera's orientation applied. */
  readonly width: number;
  readonly height: number;
  /** 1 unless animated. */
  readonly frames: number;
}

/**
 * Reads type and size of a picture without decoding it.
 * @throws SwitchboardError `upstream_bad_response` for what is no PNG, JPEG, WebP, GIF or AVIF, and for bombs: more
 * pixels or frames than we would ever decode
 */
export async function readPictureFacts(bytes: Uint8Array): Promise<PictureFacts> {
  const type = await sniffMediaType(bytes);
  // The decoder would also open SVG and PDF, and follow what they refer to.
  if (!isPictureType(type.mime)) throw unusable('is no PNG, JPEG, WebP, GIF or AVIF');
  const header = await sharp(bytes, { limitInputPixels: MAX_PICTURE_PIXELS })
    .metadata()
    .catch((error: unknown) => {
      throw unusable('has a broken header, or more pixels than we decode', error);
    });
  const { width, height } = header.autoOrient;
  const frames = header.pages ?? 1;
  if (frames > MAX_FRAMES || width * height * frames > MAX_PICTURE_PIXELS)
    throw unusable(`has ${String(frames)} frames of ${String(width)}x${String(height)} pixels, too many to decode`);
  return { ...type, width, height, frames };
}

function unusable(what: string, cause?: unknown): SwitchboardError {
  return new SwitchboardError('upstream_bad_response', `The picture that came back ${what}.`, { cause });
}
