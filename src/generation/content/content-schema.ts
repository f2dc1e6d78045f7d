import type { ResponseFormat } from '../../providers/index.js';
import { META_DESCRIPTION_LENGTH, TITLE_LENGTH } from './content-limits.js';

/** An article as a model is asked to write it. */
export interface ContentDraft {
  readonly title: string;
  readonly meta_title: string;
  readonly meta_description: string;
  readonly slug: string;
  readonly keywords: readonly string[];
  /** Markdown. */
  readonly content: string;
}

/**
 * JSON schema of a draft. All fields required, no others, no length keywords: the subset that every vendor's strict
 * mode takes. Lengths are asked for in words and enforced by us.
 */
export const CONTENT_SCHEMA = {
  type: 'object',
  properties: {
    title: { type: 'string', description: `Headline, at most ${String(TITLE_LENGTH)} characters` },
    meta_title: {
      type: 'string',
      description: `Title for search results, at most ${String(TITLE_LENGTH)} characters`,
    },
    meta_description: {
      type: 'string',
      description: `Summary for search results, at most ${String(META_DESCRIPTION_LENGTH)} characters`,
    },
    slug: { type: 'string', description: 'Short name for the address, in the language and script of the title' },
    keywords: { type: 'array', items: { type: 'string' }, description: 'Three to eight search terms' },
    content: { type: 'string', description: 'The article in Markdown, beginning with its first paragraph' },
  },
  required: ['title', 'meta_title', 'meta_description', 'slug', 'keywords', 'content'],
  additionalProperties: false,
} as const;

/** Asks a model that has structured output for a draft. */
export const CONTENT_RESPONSE_FORMAT: ResponseFormat = {
  type: 'json_schema',
  json_schema: { name: 'article', schema: CONTENT_SCHEMA, strict: true },
};
