import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutText, limitMetaDescription, limitTitle } from './content-limits.js';

const LONG: Readonly<Record<string, string>> = {
  english: 'The complete and honest guide to keeping several AI providers behind one single switchboard',
  persian: 'راهنمای کامل و صادقانه برای نگه‌داری چندین ارائه‌دهندهٔ هوش مصنوعی پشت یک تابلوی کلید واحد و ساده',
  arabic: 'الدليل الكامل والصادق للاحتفاظ بعدة مزودين للذكاء الاصطناعي خلف لوحة مفاتيح واحدة وبسيطة جدا',
  chinese: '将多个人工智能供应商放在同一个交换台后面的完整而诚实的指南'.repeat(4),
  german: 'Der vollständige Leitfaden für Anbieter künstlicher Intelligenz hinter einer einzigen Vermittlungsstelle',
};

const graphemes = (text: string) => Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);

describe('a title', () => {
  it('stays as it is when it fits', () => {
    expect(limitTitle('راهنمای می‌خواهم')).toBe('راهنمای می‌خواهم');
    expect(limitTitle('x'.repeat(60))).toBe('x'.repeat(60));
  });

  it('loses the marks that models put around it, and what turns the reading direction', () => {
    expect(limitTitle('## **Fish & chips**')).toBe('Fish & chips');
    expect(limitTitle('«یک عنوان»')).toBe('یک عنوان');
    expect(limitTitle('"Now" and "then"')).toBe('"Now" and "then"');
    expect(limitTitle('evil \u202Egnp.exe\u2066\n\tend')).toBe('evil gnp.exe end');
  });

  it.each(Object.entries(LONG))('in %s is cut between words at 60 characters, nothing dangling', (_language, text) => {
    const title = limitTitle(text);
    expect(title.length).toBeLessThanOrEqual(60);
    expect(title.length).toBeGreaterThan(40);
    expect(text.startsWith(title)).toBe(true);
    const words = [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)];
    expect(words.map(({ index, segment }) => index + segment.length)).toContain(title.length);
    expect(title).toMatch(/[\p{L}\p{M}\p{N}]$/u);
  });
});

describe('a meta description', () => {
  it('keeps whole sentences where they fill most of it', () => {
    const sentence =
      'A first sentence that says what the article is about and why one would read it today at all, really.';
    expect(limitMetaDescription(`${sentence} ${sentence}`)).toBe(sentence);
  });

  it('ends with an ellipsis where it was cut in a sentence', () => {
    for (const text of Object.values(LONG)) {
      const description = limitMetaDescription(text.repeat(3));
      expect(description.length).toBeLessThanOrEqual(160);
      expect(description.length).toBeGreaterThan(100);
      expect(description.endsWith('…')).toBe(true);
    }
  });

  it('does not cut pictograms and letters with marks in two', () => {
    for (const cluster of ['👨‍👩‍👧‍👦', '🇩🇪', 'é̂', '👍🏽', 'क्षि']) {
      const description = limitMetaDescription(cluster.repeat(100)).replace(/…$/, '');
      expect(new Set(graphemes(description))).toEqual(new Set([cluster]));
    }
  });
});

describe('cutting', () => {
  it('fits any text into any length, well-formed, as a beginning of the text', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 200 }),
    );
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 100 }), fc.constantFrom('', '…'), (text, maximum, ellipsis) => {
        const cut = cutText(text, maximum, ellipsis);
        expect(cut.length).toBeLessThanOrEqual(maximum);
        expect(cut).not.toMatch(/[\uD800-\uDBFF]$/);
        if (text.length <= maximum) expect(cut).toBe(text);
        else expect(text.startsWith(cut.slice(0, cut.length - ellipsis.length))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('cuts even a single character that is longer than the room', () => {
    expect(cutText(`a${'\u0301'.repeat(300)}`, 60, '')).toHaveLength(60);
    expect(cutText('x'.repeat(5_000_000), 60, '…')).toBe(`${'x'.repeat(59)}…`);
  });
});
