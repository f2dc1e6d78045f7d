import { invalidField } from '../../core/errors/index.js';

/** Pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Pixels per side of what may be asked for. */
export const MAX_IMAGE_SIDE = 4_096;

/**
 * Reads `1200x630`.
 * @param field named in the error
 * @throws SwitchboardError `validation_failed`, saying what is wrong with this very size
 */
export function parseSize(text: string, field = 'size'): ImageSize {
  const [, width = '', height = ''] = /^\s*(\d{1,9})\s*[xX×]\s*(\d{1,9})\s*$/.exec(text) ?? [];
  if (width === '') throw invalidField(field, 'must be WIDTHxHEIGHT in pixels, for example 1200x630');
  const size = { width: Number(width), height: Number(height) };
  if (size.width < 1 || size.height < 1) throw invalidField(field, 'width and height must be at least 1 pixel');
  if (size.width > MAX_IMAGE_SIDE || size.height > MAX_IMAGE_SIDE)
    throw invalidField(field, `width and height may be at most ${String(MAX_IMAGE_SIDE)} pixels`);
  return size;
}
