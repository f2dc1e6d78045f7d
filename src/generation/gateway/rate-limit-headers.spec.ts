import { describe, expect, it } from '@jest/globals';
import { rateLimitHeaders } from './rate-limit-headers.js';

describe('headers of a rate limit', () => {
  const at = (date: string) => Date.parse(date);

  it('are none without a limit', () => {
    expect(rateLimitHeaders(null)).toEqual({});
  });

  it('tell requests and money apart, and leave out what has no bound', () => {
    const now = at('2026-11-30T23:59:59.500Z');
    expect(rateLimitHeaders({ requests: { limit: 10, remaining: 3 }, usd: null }, now)).toEqual({
      'x-ratelimit-limit-requests': '10',
      'x-ratelimit-remaining-requests': '3',
      'x-ratelimit-reset-requests': '1s',
    });
    expect(rateLimitHeaders({ requests: null, usd: { limit: '5', remaining: '0.25' } }, now)).toEqual({
      'x-ratelimit-limit-usd': '5',
      'x-ratelimit-remaining-usd': '0.25',
      'x-ratelimit-reset-usd': '1s',
    });
  });

  it.each([
    ['2026-11-30T23:53:51Z', '6m9s'],
    ['2026-12-31T22:00:00Z', '2h0m0s'],
    ['2026-02-01T00:00:00Z', '672h0m0s'],
  ])('reset at the end of the month: from %s in %s', (now, reset) => {
    const headers = rateLimitHeaders({ requests: { limit: 1, remaining: 0 }, usd: null }, at(now));
    expect(headers['x-ratelimit-reset-requests']).toBe(reset);
  });
});
