import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseRange } from './media-range.js';

describe('a Range header', () => {
  it.each([
    ['bytes=0-9', { start: 0, end: 9 }],
    ['bytes=90-', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-1000', { start: 0, end: 99 }],
    ['bytes=50-100000', { start: 50, end: 99 }],
    ['Bytes = 0-0', { start: 0, end: 0 }],
    [undefined, null],
    ['items=0-9', null],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=9-1', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=-', 'unsatisfiable'],
    ['bytes=0-1,5-6', 'unsatisfiable'],
    [`bytes=${'0-0,'.repeat(1000)}1-1`, 'unsatisfiable'],
    ['bytes=0-99999999999999999999999', 'unsatisfiable'],
    ['bytes', 'unsatisfiable'],
  ])('%s of 100 bytes', (header, expected) => {
    expect(parseRange(header, 100)).toEqual(expected);
  });

  it('never leaves the file', () => {
    fc.assert(
      fc.property(fc.nat(), fc.option(fc.nat()), fc.option(fc.nat()), (size, first, last) => {
        const range = parseRange(
          `bytes=${first === null ? '' : String(first)}-${last === null ? '' : String(last)}`,
          size,
        );
        if (range === null || range === 'unsatisfiable') return;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeGreaterThanOrEqual(range.start);
        expect(range.end).toBeLessThan(size);
      }),
    );
  });
});
