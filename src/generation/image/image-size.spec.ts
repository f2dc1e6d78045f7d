import { describe, expect, it } from '@jest/globals';
import { parseSize } from './image-size.js';

describe('the size of a picture', () => {
  it.each([
    ['1200x630', 1200, 630],
    ['1X1', 1, 1],
    [' 4096 × 16 ', 4096, 16],
  ])('%s', (text, width, height) => {
    expect(parseSize(text)).toEqual({ width, height });
  });

  it.each([
    ['0x0', 'width and height must be at least 1 pixel'],
    ['1200x0', 'width and height must be at least 1 pixel'],
    ['1200x', 'must be WIDTHxHEIGHT in pixels, for example 1200x630'],
    ['x630', 'must be WIDTHxHEIGHT in pixels, for example 1200x630'],
    ['', 'must be WIDTHxHEIGHT in pixels, for example 1200x630'],
    ['-1x5', 'must be WIDTHxHEIGHT in pixels, for example 1200x630'],
    ['1e3x5', 'must be WIDTHxHEIGHT in pixels, for example 1200x630'],
    ['1200x630x2', 'must be WIDTHxHEIGHT in pixels, for example 1200x630'],
    ['۱۲۰۰x۶۳۰', 'must be WIDTHxHEIGHT in pixels, for example 1200x630'],
    ['99999x99999', 'width and height may be at most 4096 pixels'],
    ['1x4097', 'width and height may be at most 4096 pixels'],
    [`1x${'9'.repeat(100_000)}`, 'must be WIDTHxHEIGHT in pixels, for example 1200x630'],
  ])('is refused when it is %.20s', (text, message) => {
    expect(() => parseSize(text)).toThrow(
      expect.objectContaining({ code: 'validation_failed', errors: [{ field: 'size', message }] }),
    );
  });
});
