import { describe, expect, it } from '@jest/globals';
import { reviveInstant, trueDates } from './true-dates.js';

describe('trueDates', () => {
  it('reads every spelling of an instant that PostgreSQL has', () => {
    const iso = (text: string) => reviveInstant(text).toISOString();
    expect(iso('2026-11-20 04:38:20.558+00')).toBe('2026-11-20T04:38:20.558Z');
    expect(iso('2026-11-20 04:38:20+03:30')).toBe('2026-11-20T01:08:20.000Z');
    expect(iso('2026-11-20 04:38:20.558123-05')).toBe('2026-11-20T09:38:20.558Z');
    expect(iso('2026-11-20T04:38:20.558Z')).toBe('2026-11-20T04:38:20.558Z');
    expect(() => reviveInstant('tomorrow')).toThrow(/Not an instant/);
  });

  it('touches instants and nothing else, also of joined tables', async () => {
    const given = {
      expires_at: '2026-11-20 04:38:20+00',
      _joined_user_created_at: '2026-11-20 04:38:20+00',
      locked_until: null,
      name: '2026-11-20 04:38:20+00',
    };
    const { rows } = await trueDates.transformResult({ result: { rows: [given] } });
    expect(rows).toEqual([
      { ...given, expires_at: expect.any(Date), _joined_user_created_at: expect.any(Date), locked_until: null },
    ]);
  });
});
