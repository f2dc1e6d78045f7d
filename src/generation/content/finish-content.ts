import { limitMetaDescription, limitTitle } from './content-limits.js';
import type { ContentDraft } from './content-schema.js';
import { slugOf } from './slug.js';
import { countWords } from './word-count.js';

/** An article as callers get it: lengths kept, slug valid, words counted. */
export interface FinishedContent extends ContentDraft {
  readonly word_count: number;
}

/**
 * Enforces on a draft what was only asked for.
 * @param wanted keywords of the brief, which stand in where the model named none
 */
export function finishContent(draft: ContentDraft, wanted: readonly string[] = []): FinishedContent {
  const title = limitTitle(draft.title);
  return {
    title,
    meta_title: limitTitle(draft.meta_title) || title,
    meta_description: limitMetaDescription(draft.meta_description),
    slug: slugOf(draft.slug || draft.title),
    keywords: draft.keywords.length > 0 ? draft.keywords : wanted,
    content: draft.content,
    word_count: countWords(draft.content),
  };
}
