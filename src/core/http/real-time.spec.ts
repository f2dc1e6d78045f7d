import { describe, expect, it } from '@jest/globals';
import { isRealTime } from './real-time.js';

describe('isRealTime', () => {
  it.each([
    '2026-11-20',
    '2024-02-29',
    '0001-01-01T00:00:00Z',
    '2026-11-20T23:59:59.123456Z',
    '2026-11-20T00:00+14:00',
    '2026-11-20T00:00:00-12:00',
  ])('knows %s', (text) => expect(isRealTime(text)).toBe(true));

  it.each([
    '2026-02-31',
    '2025-02-29T00:00:00Z',
    '2026-13-01',
    '0000-01-01',
    '2026-11-20T25:00:00Z',
    '2026-11-20T00:00:61Z',
    '2026-11-20T00:00:00+16:00',
    '2026-11-20T00:00:00+99:99',
    'today',
    '',
  ])('does not know %s', (text) => expect(isRealTime(text)).toBe(false));
});
