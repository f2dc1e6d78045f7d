export { limitMetaDescription, limitTitle, META_DESCRIPTION_LENGTH, TITLE_LENGTH } from './content-limits.js';
export { parseContent, type ParsedContent } from './content-parser.js';
export { type ContentBrief, contentMessages, DEFAULT_WORD_COUNT, repairMessages } from './content-prompt.js';
export { CONTENT_RESPONSE_FORMAT, CONTENT_SCHEMA, type ContentDraft } from './content-schema.js';
export { finishContent, type FinishedContent } from './finish-content.js';
export { slugOf } from './slug.js';
export { countWords } from './word-count.js';
