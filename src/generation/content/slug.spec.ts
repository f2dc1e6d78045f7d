import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { slugOf } from './slug.js';

describe('a slug', () => {
  it.each([
    ['Hello, World!', 'hello-world'],
    ['هوش مصنوعی در پزشکی', 'هوش-مصنوعی-در-پزشکی'],
    ['می‌خواهم کتاب‌ها را بخوانم؟', 'می-خواهم-کتاب-ها-را-بخوانم'],
    ['الذَّكَاءُ الاصطناعيّ ـــ دليل', 'الذكاء-الاصطناعي-دليل'],
    ['ﺍﻟﻌﺮﺑﻴﺔ', 'العربية'],
    ['人工智能：实用指南', '人工智能-实用指南'],
    ['Ärzte für große Füße', 'ärzte-für-große-füße'],
    ['हिन्दी में लेख', 'हिन्दी-में-लेख'],
    ['ＦＵＬＬ　ｗｉｄｔｈ ①', 'full-width-1'],
    ["Don’t stop, it’s O'Reilly", 'dont-stop-its-oreilly'],
    ['C++ & C# — 2026/27', 'c-c-2026-27'],
    ['  --a---b--  ', 'a-b'],
    ['../../etc/passwd', 'etc-passwd'],
    ['safe\u202Egnp.exe', 'safegnp-exe'],
    ['a\u0000b\u2066c\u2069\uFEFF', 'a-bc'],
    ['سال ۱۴۰۵ 😀', 'سال-۱۴۰۵'],
  ])('of %j is %j', (text, slug) => {
    expect(slugOf(text)).toBe(slug);
  });

  it('is never empty, and differs for different pictograms', () => {
    for (const text of ['', '😀', '👨‍👩‍👧‍👦', '---', '\u202E', '\uD800', '\u0301'])
      expect(slugOf(text)).toMatch(/^content-[0-9a-f]{8}$/);
    expect(slugOf('😀')).not.toBe(slugOf('😎'));
  });

  it('is short, cut at a hyphen where there is one', () => {
    expect(slugOf('word '.repeat(100))).toBe(`${'word-'.repeat(15)}word`);
    expect(slugOf('字'.repeat(300))).toBe('字'.repeat(80));
  });

  it('holds for any text only lower-case letters, their marks, digits and single inner hyphens', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
        const slug = slugOf(text);
        expect(slug).toMatch(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(-[\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*$/u);
        expect(slug).not.toMatch(/[\p{Cf}\p{Cc}\p{Cs}]/u);
        expect(slug.length).toBeLessThanOrEqual(80);
        expect(slug).toBe(slug.toLowerCase());
        expect(slugOf(slug)).toBe(slug);
      }),
      { numRuns: 2_000 },
    );
  });
});
