import type { ContentBrief } from './content-prompt.js';
import type { FinishedContent } from './finish-content.js';

/** Something the brief asked for that the article does not keep. */
export interface ContentWarning {
  readonly code: 'word_count_missed' | 'keywords_missing';
  readonly message: string;
}

/** By how much an article may be longer or shorter than asked. */
const TOLERANCE = 0.2;

/** What of the brief the article misses: nothing worth an error, and not to be hidden either. */
export function contentWarnings(brief: ContentBrief, article: FinishedContent): ContentWarning[] {
  const warnings: ContentWarning[] = [];
  const { wordCount, keywords = [] } = brief;
  if (wordCount !== undefined && Math.abs(article.word_count - wordCount) > wordCount * TOLERANCE)
    warnings.push({
      code: 'word_count_missed',
      message: `The article has ${String(article.word_count)} words; ${String(wordCount)} were asked for.`,
    });
  const text = fold(`${article.title}\n${article.content}`);
  const missing = keywords.filter((keyword) => !text.includes(fold(keyword)));
  if (missing.length > 0)
    warnings.push({ code: 'keywords_missing', message: `The article does not use: ${missing.join(', ')}.` });
  return warnings;
}

/** As readers compare: case, accents, joiners and runs of white space do not matter. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();
}
