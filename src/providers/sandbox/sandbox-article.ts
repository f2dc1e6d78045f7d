import type { ChatMessage } from '../contract/index.js';
import { phrasesFor } from './article-phrases.js';
import { fitText } from './scalar-sample.js';
import { sampleOf, type Schema } from './schema-sample.js';
import { textOf } from './token-counter.js';

const DEFAULT_WORDS = 300;
const MAX_WORDS = 20_000;

/** Whether an answer of this schema is an article for a web page. */
export function looksLikeArticle(schema: Schema): boolean {
  const properties = schema['properties'];
  if (typeof properties !== 'object' || properties === null) return false;
  return ['title', 'meta_description', 'content'].every((name) => Object.hasOwn(properties, name));
}

/**
 * A structured article about the topic of the conversation, in the topic's language where the sandbox has phrases for
 * it and else in the topic's own words. The topic, word count, keywords and language are read from lines such as
 * `Topic: …`, `Word count: 600`; without them the last user message is the topic.
 * @param schema when given, fields it has beyond the article's are sampled, and its length bounds are kept
 */
export function articleFor(messages: readonly ChatMessage[], schema: Schema | null): Record<string, unknown> {
  const said = messages.filter((message) => message.role === 'user').map((message) => textOf(message.content));
  const brief = said.join('\n');
  const topic = oneLine(lineOf(brief, 'Topic') ?? said.at(-1) ?? '', 120) || 'Sandbox';
  const keywords = (lineOf(brief, 'Keywords') ?? topic)
    .split(/[,،、;؛]/u)
    .map((keyword) => oneLine(keyword, 120))
    .filter((keyword) => keyword !== '');
  const words = Number(/\d+/.exec(lineOf(brief, 'Word count') ?? '')?.[0] ?? DEFAULT_WORDS);
  const phrases = phrasesFor(lineOf(brief, 'Language'), topic);
  const article = {
    title: oneLine(phrases.title(topic), 60),
    meta_title: oneLine(phrases.title(topic), 60),
    meta_description: oneLine(phrases.summary(topic), 160),
    slug: slugOf(topic),
    keywords: keywords.length > 0 ? keywords : [topic],
    content: body(topic, keywords, Math.min(words, MAX_WORDS), phrases),
  };
  return schema ? withinSchema(article, schema) : article;
}

function body(
  topic: string,
  keywords: readonly string[],
  wordCount: number,
  phrases: ReturnType<typeof phrasesFor>,
): string {
  const segmenter = new Intl.Segmenter(phrases.locale, { granularity: 'word' });
  const count = (text: string) => [...segmenter.segment(text)].filter((part) => part.isWordLike).length;
  const blocks: string[] = [];
  let words = 0;
  // The bound on blocks ends it where topic and keywords are pictograms, which hold no words.
  for (let at = 0; words < wordCount && at < 2 * wordCount; at += 1) {
    const keyword = keywords[at % Math.max(1, keywords.length)] ?? topic;
    const isHeading = at % 7 === 0 && words + 30 < wordCount;
    const block = isHeading
      ? `\n\n## ${phrases.heading(keyword, at / 7 + 1)}\n\n`
      : `${phrases.sentence(keyword, (at + 6) % 7)}${phrases.space}`;
    words += count(block);
    blocks.push(block);
  }
  return blocks.join('').trim();
}

function withinSchema(article: Record<string, unknown>, schema: Schema): Record<string, unknown> {
  const answer = sampleOf(schema) as Record<string, unknown>;
  const properties = schema['properties'] as Readonly<Record<string, Schema>>;
  for (const [name, value] of Object.entries(article)) {
    const bounds = properties[name];
    if (!bounds || !Object.hasOwn(answer, name)) continue;
    if (typeof value === 'string' && typeof answer[name] === 'string')
      answer[name] = fitText(value, Number(bounds['minLength'] ?? 0), Number(bounds['maxLength'] ?? Infinity));
    if (Array.isArray(value) && Array.isArray(answer[name])) answer[name] = fitList(value, answer[name], bounds);
  }
  return answer;
}

function fitList(own: readonly unknown[], sampled: readonly unknown[], bounds: Schema): readonly unknown[] {
  const minimum = Number(bounds['minItems'] ?? 0);
  return [...own, ...sampled.slice(0, Math.max(0, minimum - own.length))].slice(0, Number(bounds['maxItems'] ?? 20));
}

function lineOf(brief: string, label: string): string | undefined {
  return new RegExp(`^${label}: (.+)$`, 'm').exec(brief)?.[1]?.trim();
}

function oneLine(text: string, length: number): string {
  const characters = Array.from(
    new Intl.Segmenter().segment(text.replace(/\s+/gu, ' ').trim()),
    (part) => part.segment,
  );
  return characters.slice(0, length).join('').trim();
}

function slugOf(topic: string): string {
  const slug = topic.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '-');
  return slug.replace(/^-+|-+$/g, '').slice(0, 80) || 'sandbox';
}
