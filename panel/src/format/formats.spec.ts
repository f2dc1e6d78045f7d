import { describe, expect, it } from '@jest/globals';
import { makeFormats } from './formats';

describe('formats', () => {
  const en = makeFormats('en', 'latin');
  const fa = makeFormats('fa', 'latin');
  const persian = makeFormats('fa', 'persian');

  it('writes money with the digits that matter and never a zero for the unknown', () => {
    expect(en.money('0.00042')).toBe('$0.00042');
    expect(en.money('12.5')).toBe('$12.50');
    expect(en.money('0')).toBe('$0');
    expect(en.money('0.000000001')).toBe('$0.000000001');
    expect(en.money(null)).toBe('–');
    expect(en.money('not a number')).toBe('–');
  });

  it('isolates money inside Persian sentences', () => {
    expect(fa.money('1')).toBe('\u2066$1.00\u2069');
    expect(fa.duration(5)).toBe('\u20665 ms\u2069');
  });

  it('writes Jalali dates in Persian and Gregorian ones in English', () => {
    expect(en.date('2026-11-20T12:00:00Z')).toContain('2026');
    expect(fa.date('2026-11-20T12:00:00Z')).toContain('1405');
    expect(fa.date('2026-11-20T12:00:00Z')).toContain('آبان');
    expect(persian.date('2026-11-20T12:00:00Z')).toContain('۱۴۰۵');
    expect(en.date('nonsense')).toBe('–');
  });

  it('writes times and sizes in the digits that were chosen', () => {
    expect(en.duration(803)).toBe('803 ms');
    expect(en.duration(2340)).toBe('2.3 s');
    expect(en.compact(1_000_000)).toBe('1M');
    expect(persian.number(1234)).toBe('۱٬۲۳۴');
    expect(en.relative('2026-11-20T11:58:00Z', Date.parse('2026-11-20T12:00:00Z'))).toBe('2 min ago');
  });
});
