import { describe, expect, it } from '@jest/globals';
import { validate, version } from 'uuid';
import { quickId } from './quick-id.js';

describe('an id of the hot path', () => {
  it('is a UUID v7 of now, and another one each time', () => {
    const ids = Array.from({ length: 1000 }, quickId);
    expect(new Set(ids).size).toBe(1000);
    for (const id of ids) expect([validate(id), version(id)]).toEqual([true, 7]);
    expect(Math.abs(parseInt((ids[0] ?? '').replace('-', '').slice(0, 12), 16) - Date.now())).toBeLessThan(10_000);
  });
});
