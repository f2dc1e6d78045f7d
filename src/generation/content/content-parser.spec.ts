import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseContent } from './content-parser.js';
import { finishContent } from './finish-content.js';

const ARTICLE = {
  title: 'هوش مصنوعی در پزشکی',
  meta_title: 'هوش مصنوعی',
  meta_description: 'خلاصه‌ای دربارهٔ هوش مصنوعی.',
  slug: 'هوش-مصنوعی',
  keywords: ['هوش مصنوعی', 'پزشکی'],
  content: 'پاراگراف.\n\n```js\nconst a = { b: "}" };\n```\n\n## پایان',
};
const JSON_TEXT = JSON.stringify(ARTICLE);

describe('reading an article out of an answer', () => {
  it.each([
    ['bare', JSON_TEXT],
    ['fenced', '```json\n' + JSON_TEXT + '\n```'],
    ['fenced without a language, words around', 'Here you go:\n```\n' + JSON_TEXT + '\n```\nEnjoy {it}!'],
    ['after words with braces', `I use {placeholders} and {}. ${JSON_TEXT}`],
    ['after thoughts', `<think>{"title": "no"} hmm</think>\n${JSON_TEXT}`],
    ['indented', JSON.stringify(ARTICLE, null, 2)],
    [
      'with trailing commas',
      JSON.stringify(ARTICLE, null, 2)
        .replace(/\n\}$/, ',\n}')
        .replace(/\n {2}\]/, ',\n  ]'),
    ],
    ['with line breaks in strings', JSON_TEXT.replaceAll('\\n', '\n')],
    ['wrapped in an object', JSON.stringify({ article: ARTICLE, note: 'x' })],
    ['with a byte order mark', `\uFEFF${JSON_TEXT}`],
  ])('works when it is %s', (_how, reply) => {
    expect(parseContent(reply)).toEqual({ draft: ARTICLE, problems: [] });
  });

  it('takes field names in other spellings, and keywords as one string', () => {
    const { draft } = parseContent(
      JSON.stringify({ Title: 'T', metaTitle: 'M', 'Meta Description': 'D', content: 'C', Keywords: 'a، b, A,, c' }),
    );
    expect(draft).toMatchObject({ title: 'T', meta_title: 'M', meta_description: 'D', keywords: ['A', 'b', 'c'] });
  });

  it('names everything that is wrong, for one repair', () => {
    expect(parseContent('Sorry, I cannot.').problems).toEqual(['It holds no JSON object.']);
    expect(parseContent('{"title": 5, "content": " "}').problems).toEqual([
      'The field "title" is missing, empty or not a string.',
      'The field "meta_description" is missing, empty or not a string.',
      'The field "content" is missing, empty or not a string.',
    ]);
    for (const end of [20, 100, JSON_TEXT.length - 1])
      expect(parseContent('```json\n' + JSON_TEXT.slice(0, end)).problems[0]).toMatch(/ends before its closing brace/);
    expect(parseContent('{"title": "t", "extra": {"content": "inner"}, "content": "cut').problems).toHaveLength(1);
  });

  it('takes what steers the reading direction and controls out of every field', () => {
    const { draft } = parseContent(
      JSON.stringify({ ...ARTICLE, title: 'a\u202Eb\u0000\nc', content: 'x\u2066y\u0007\r\nz', keywords: ['k\u202E'] }),
    );
    expect(draft).toMatchObject({ title: 'ab c', content: 'xy\nz', keywords: ['k'] });
  });

  it('never throws, and is quick on hostile answers', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\a \n') }), (reply) => {
        const { draft, problems } = parseContent(reply);
        expect(draft === null).toBe(problems.length > 0);
      }),
    );
    const begun = performance.now();
    for (const hostile of [
      '{'.repeat(2e6),
      '{"a":['.repeat(3e5),
      '{"a":1}'.repeat(3e5),
      '{"__proto__":{"content":"x"}}',
    ])
      expect(parseContent(hostile).draft).toBeNull();
    expect(performance.now() - begun).toBeLessThan(40_000);
    expect(({} as Record<string, unknown>)['content']).toBeUndefined();
  });
});

describe('finishing an article', () => {
  it('keeps lengths, makes a slug and counts words, whatever the model wrote', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(text, text, text, (title, description, slug) => {
        const finished = finishContent({ ...ARTICLE, title, meta_title: '', meta_description: description, slug });
        expect(finished.title.length).toBeLessThanOrEqual(60);
        expect(finished.meta_title).toBe(finished.title);
        expect(finished.meta_description.length).toBeLessThanOrEqual(160);
        expect(finished.slug).toMatch(/^[\p{L}\p{N}]/u);
      }),
    );
  });

  it('lets the brief’s keywords stand in, and makes the slug of the title where there is none', () => {
    const finished = finishContent({ ...ARTICLE, slug: '', keywords: [] }, ['پزشکی']);
    expect(finished).toMatchObject({ slug: 'هوش-مصنوعی-در-پزشکی', keywords: ['پزشکی'] });
    expect(finished.word_count).toBe(6);
  });
});
