import { describe, expect, it } from '@jest/globals';
import type { IncomingHttpHeaders } from 'node:http';
import { requireSameOrigin } from './same-origin.js';

const write = (headers: IncomingHttpHeaders, publicUrl: string | null = null, method = 'POST') =>
  requireSameOrigin({ method, url: '/api/admin/x', headers: { host: 'localhost:3000', ...headers } }, publicUrl);

describe('requireSameOrigin', () => {
  it('lets our own pages and programs through', () => {
    expect(() => write({})).not.toThrow();
    expect(() => write({ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' })).not.toThrow();
    expect(() => write({ 'content-type': 'application/json; charset=utf-8', 'content-length': '2' })).not.toThrow();
    expect(() => write({ origin: 'https://ai.example.com' }, 'https://ai.example.com')).not.toThrow();
  });

  it('A23 refuses other sites and bodies that a form can send', () => {
    const refused: IncomingHttpHeaders[] = [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'http://localhost:3001' },
      { origin: 'null' },
      { origin: 'https://evil.test', 'sec-fetch-site': 'same-site' },
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/x-www-form-urlencoded' },
      { 'content-type': 'multipart/form-data; boundary=application/json' },
      { 'content-length': '12' },
      { 'transfer-encoding': 'chunked' },
    ];
    for (const headers of refused) expect(() => write(headers)).toThrow(/Refused because/);
    for (const method of ['PUT', 'PATCH', 'DELETE'])
      expect(() => write({ origin: 'https://evil.test' }, null, method)).toThrow(/another site/);
  });

  it('leaves reading alone', () => {
    expect(() => write({ origin: 'https://evil.test' }, null, 'GET')).not.toThrow();
  });
});
