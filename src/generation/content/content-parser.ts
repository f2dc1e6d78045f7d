import type { ContentDraft } from './content-schema.js';
import { extractJson } from './json-extraction.js';
import { cleanLine, cleanText } from './text-cleaning.js';

/** A draft, or what is wrong with the answer, in words for the one repair request. */
export type ParsedContent =
  | { readonly draft: ContentDraft; readonly problems: readonly [] }
  | { readonly draft: null; readonly problems: readonly string[] };

const MAX_KEYWORDS = 20;

/**
 * Reads a draft out of a model's answer. Lengths are not problems: `finishContent` cuts. A missing slug, meta title or
 * keyword list is none either, since they follow from the rest.
 */
export function parseContent(reply: string): ParsedContent {
  const json = extractJson(reply);
  if (json === 'truncated') return failed('The JSON object ends before its closing brace. Write less if you must.');
  if (json === undefined) return failed('It holds no JSON object.');
  const fields = articleIn(json);
  const draft = {
    title: lineOf(fields, 'title'),
    meta_title: lineOf(fields, 'meta_title'),
    meta_description: lineOf(fields, 'meta_description'),
    slug: lineOf(fields, 'slug'),
    keywords: keywordsOf(fieldOf(fields, 'keywords')),
    content: cleanText(stringOf(fieldOf(fields, 'content'))),
  };
  const missing = (['title', 'meta_description', 'content'] as const).filter((name) => draft[name] === '');
  return missing.length === 0
    ? { draft, problems: [] }
    : failed(...missing.map((name) => `The field "${name}" is missing, empty or not a string.`));
}

type Fields = Readonly<Record<string, unknown>>;

function failed(...problems: string[]): ParsedContent {
  return { draft: null, problems };
}

/** The object itself, or the one it wraps: some models answer `{"article": {…}}`. */
function articleIn(json: Fields): Fields {
  if (fieldOf(json, 'content') !== undefined) return json;
  const inner = Object.values(json).find((value) => isFields(value) && fieldOf(value, 'content') !== undefined);
  return isFields(inner) ? inner : json;
}

/** The field by its name, also as `metaTitle` or `Meta Title`. */
function fieldOf(fields: Fields, name: string): unknown {
  if (Object.hasOwn(fields, name)) return fields[name];
  const bare = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
  return Object.entries(fields).find(([key]) => bare(key) === bare(name))?.[1];
}

function lineOf(fields: Fields, name: string): string {
  return cleanLine(stringOf(fieldOf(fields, name)));
}

function keywordsOf(value: unknown): string[] {
  const words = Array.isArray(value) ? value.map(stringOf) : stringOf(value).split(/[,،、;؛\n]/u);
  const seen = new Map(
    words
      .map(cleanLine)
      .filter(Boolean)
      .map((word) => [word.toLowerCase(), word]),
  );
  return [...seen.values()].slice(0, MAX_KEYWORDS);
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
