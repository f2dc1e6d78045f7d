import sharp, { type Sharp } from 'sharp';
import { SwitchboardError } from '../../core/errors/index.js';
import { MAX_PICTURE_PIXELS, type PictureFacts, readPictureFacts } from '../../media/index.js';
import type { ImageSize } from './image-size.js';

/** Containers that a picture may be asked for in. */
export type ImageFormat = 'png' | 'jpeg' | 'webp';

/** A picture that is what it says: type and size were read from these very bytes. */
export interface ProcessedImage {
  readonly bytes: Buffer;
  readonly mime: string;
  readonly width: number;
  readonly height: number;
}

export interface ImageWish {
  /** Exactly this many pixels; undefined leaves the size alone. */
  readonly size?: ImageSize;
  /** @default the vendor's, where it is PNG, JPEG or WebP, else PNG */
  readonly format?: ImageFormat;
}

/**
 * Brings a vendor's picture to the size and container that were asked for: scaled until it covers the size, what
 * stands over cut from both sides alike. Bytes that are right already stay untouched, but are decoded once to be sure.
 * @throws SwitchboardError `upstream_bad_response` for what is no picture, broken, truncated, or too large to decode
 */
export async function processImage(bytes: Buffer, wish: ImageWish = {}): Promise<ProcessedImage> {
  const facts = await readPictureFacts(bytes);
  const format = wish.format ?? formatOf(facts) ?? 'png';
  const size = wish.size ?? facts;
  try {
    if (formatOf(facts) === format && facts.width === size.width && facts.height === size.height) {
      await decoder(bytes).resize(8, 8, { fit: 'fill' }).raw().toBuffer();
      return { bytes, mime: facts.mime, width: facts.width, height: facts.height };
    }
    const { data, info } = await encoded(
      decoder(bytes).autoOrient().resize(size.width, size.height, { fit: 'cover', position: 'centre' }),
      format,
    ).toBuffer({ resolveWithObject: true });
    return { bytes: data, mime: `image/${format}`, width: info.width, height: info.height };
  } catch (error) {
    throw new SwitchboardError('upstream_bad_response', 'The picture that came back is broken or incomplete.', {
      cause: error,
    });
  }
}

/** The first frame only; a picture that ends early is an error, not a grey half. */
function decoder(bytes: Buffer): Sharp {
  return sharp(bytes, { limitInputPixels: MAX_PICTURE_PIXELS, failOn: 'truncated', pages: 1 });
}

function encoded(picture: Sharp, format: ImageFormat): Sharp {
  switch (format) {
    case 'png':
      return picture.png();
    case 'jpeg':
      // JPEG has no transparency: white is what a page would show through.
      return picture.flatten({ background: '#ffffff' }).jpeg({ quality: 90 });
    case 'webp':
      return picture.webp({ quality: 90 });
  }
}

function formatOf({ mime, frames }: PictureFacts): ImageFormat | undefined {
  if (frames > 1) return undefined;
  return (['png', 'jpeg', 'webp'] as const).find((format) => mime === `image/${format}`);
}
