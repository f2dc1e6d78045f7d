import { plainLine } from './text-cleaning.js';

/** Characters that search engines show of a title. */
export const TITLE_LENGTH = 60;
/** Characters that search engines show of a description. */
export const META_DESCRIPTION_LENGTH = 160;

/** A title within its length: cut between words, nothing dangling at its end. */
export function limitTitle(text: string): string {
  return cutText(plainLine(text), TITLE_LENGTH, '');
}

/** A description within its length: whole sentences where they fill most of it, else cut between words, with an ellipsis. */
export function limitMetaDescription(text: string): string {
  const line = plainLine(text);
  if (line.length <= META_DESCRIPTION_LENGTH) return line;
  const sentences = boundaries(line, 'sentence').filter(
    (end) => line.slice(0, end).trimEnd().length <= META_DESCRIPTION_LENGTH,
  );
  const whole = line.slice(0, sentences.at(-1) ?? 0).trimEnd();
  return whole.length >= META_DESCRIPTION_LENGTH * 0.6 ? whole : cutText(line, META_DESCRIPTION_LENGTH, '…');
}

/**
 * Cuts text to at most `maximum` UTF-16 units, so that it fits however characters are counted. Cuts between words, in
 * a word only where there is no other way, and never inside a character with its marks, unless that one alone is too long.
 * @param ellipsis counted in; appended only when something was cut
 */
export function cutText(text: string, maximum: number, ellipsis: string): string {
  if (text.length <= maximum) return text;
  const room = maximum - ellipsis.length;
  const word = lastWithin(boundaries(text, 'word'), room);
  const cut = tidyEnd(text.slice(0, word));
  // A break far to the left means one huge word: half a word says more than nothing.
  if (cut.length >= room / 3) return cut + ellipsis;
  const grapheme = text.slice(0, lastWithin(boundaries(text, 'grapheme'), room));
  return (grapheme === '' ? wellFormed(text.slice(0, room)) : grapheme).trimEnd() + ellipsis;
}

/** Where the segments of a text end, in UTF-16 units. */
function boundaries(text: string, granularity: 'grapheme' | 'word' | 'sentence'): number[] {
  // Only the beginning can be kept: a title of a megabyte is not segmented to its end.
  const segments = new Intl.Segmenter(undefined, { granularity }).segment(text.slice(0, 1_000));
  return Array.from(segments, ({ index, segment }) => index + segment.length);
}

function lastWithin(ends: readonly number[], room: number): number {
  return ends.findLast((end) => end <= room) ?? 0;
}

/** Takes spaces and punctuation that open something or join it to what follows from the end. */
function tidyEnd(text: string): string {
  return text.replace(/(?<![\s\p{Pd}\p{Ps}\p{Pi},;:&/|،؛、，；：·—])[\s\p{Pd}\p{Ps}\p{Pi},;:&/|،؛、，；：·—]+$/u, '');
}

/** Without half a character at its end. */
function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDBFF]$/, '');
}
