import { describe, expect, it } from '@jest/globals';
import { isoDayOf, jalaliDays, nearestDay } from './jalali';

describe('days of the Persian calendar', () => {
  const year = jalaliDays(new Date(2026, 10, 20), 366);

  it('stand beside the days of the browser', () => {
    expect(year[0]).toEqual({ year: 1405, month: 8, day: 29, iso: '2026-11-20' });
    expect(year.find(({ iso }) => iso === '2027-03-21')).toEqual({ year: 1406, month: 1, day: 1, iso: '2027-03-21' });
  });

  it('leave none out and count none twice', () => {
    expect(new Set(year.map(({ iso }) => iso)).size).toBe(366);
    expect(new Set(year.map((row) => `${row.year}/${row.month}/${row.day}`)).size).toBe(366);
  });

  it('know the thirtieth of Esfand of a leap year', () => {
    const days = jalaliDays(new Date(2025, 2, 15), 10).map(({ month, day }) => `${month}/${day}`);
    expect(days).toContain('12/30');
  });

  it('fall back to the last day of a shorter month', () => {
    expect(nearestDay(year, { year: 1405, month: 9, day: 31 })).toMatchObject({ month: 9, day: 30 });
  });

  it('writes a day as the browser has it', () => {
    expect(isoDayOf(new Date(2027, 0, 5, 23, 59))).toBe('2027-01-05');
  });
});
