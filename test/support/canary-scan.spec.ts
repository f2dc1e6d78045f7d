import { describe, expect, it } from '@jest/globals';
import { Evidence, findLeaks, spellingsOf } from './canary-scan.js';

const SECRET = 'sk-Canary_ä 1"2/3+4=56&789';
const find = (part: string | Buffer) => findLeaks(new Map([['key', SECRET]]), new Map([['log', ['harmless', part]]]));

describe('the canary scan', () => {
  it.each([...spellingsOf(SECRET)])('finds a secret spelt as %s', (_kind, spelling) => {
    expect(find(`before ${spelling} after`)).toContainEqual(expect.objectContaining({ secret: 'key', place: 'log' }));
  });

  it.each([0, 1, 2, 3, 4, 5])('finds a secret encoded after %d other bytes', (count) => {
    const bytes = Buffer.from(`${'x'.repeat(count)}${SECRET}${'y'.repeat(count)}`);
    for (const encoding of ['base64', 'base64url', 'hex'] as const)
      expect(find(bytes.toString(encoding))).not.toEqual([]);
    expect(find(JSON.stringify({ header: bytes.toString('base64') }))).not.toEqual([]);
  });

  it('finds a secret in bytes', () => {
    const plain = 'sk-canary-0000001';
    const bytes = Buffer.concat([Buffer.from([0x89, 0x50, 0xff, 0x00]), Buffer.from(plain), Buffer.from([0xfe])]);
    const places = new Map([['media', [bytes, Buffer.from(plain, 'utf16le')]]]);
    expect(findLeaks(new Map([['key', plain]]), places).map(({ spelling }) => spelling)).toEqual(
      expect.arrayContaining(['plain', 'utf16']),
    );
  });

  it('finds nothing where there is nothing, and does not tell what it found', () => {
    expect(find('sk-Canary and many other words 1"2/3')).toEqual([]);
    expect(find(Buffer.alloc(10_000, 7))).toEqual([]);
    expect(JSON.stringify(find(`a ${SECRET} b`))).not.toContain('sk-Canary_');
  });

  it('fails the suite that gathered the evidence', () => {
    const evidence = new Evidence();
    evidence.plant('token', 'sb_0123456789');
    evidence.note('answers', '{"fine":true}');
    expect(() => evidence.requireClean()).not.toThrow();
    evidence.note('answers', '{"token":"sb_0123456789"}');
    expect(() => evidence.requireClean()).toThrow(/A39.*"place": "answers"/s);
    expect(() => evidence.requireClean()).not.toThrow(/0123456789/);
    evidence.plant('short', 'abc');
    expect(() => evidence.requireClean()).toThrow(/too short/);
  });
});
