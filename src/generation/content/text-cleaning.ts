/**
 * Bidi embeddings, overrides and isolates: they reach over what follows. Direction marks, which do not, and the
 * zero-width joiner and non-joiner, with which Persian, Indic scripts and pictograms are spelled, stay.
 */
const BIDI_CONTROLS = /[\u202A-\u202E\u2066-\u2069]/gu;
/** Controls, line breaks apart; lone surrogates; byte order marks; what is no character at all. */
const UNWANTED = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\uD800-\uDFFF\uFEFF\uFFFE\uFFFF]/gu;

/** Text of several lines without control and bidi-control characters. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(UNWANTED, '').replace(BIDI_CONTROLS, '').trim();
}

/** The same on one line, runs of white space made one space. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/gu, ' ').trim();
}

/** One line of plain text out of what models write where a title was asked for: headings, emphasis, quotes go. */
export function plainLine(text: string): string {
  const line = cleanLine(text).replace(/^#{1,6} /, '');
  for (const [open, close] of QUOTES)
    if (line.length > open.length + close.length && line.startsWith(open) && line.endsWith(close)) {
      const inner = line.slice(open.length, -close.length);
      if (!inner.includes(open) && !inner.includes(close)) return inner.trim();
    }
  return line;
}

const QUOTES = [
  ['**', '**'],
  ['__', '__'],
  ['"', '"'],
  ['“', '”'],
  ['„', '“'],
  ['«', '»'],
  ['《', '》'],
  ['「', '」'],
] as const;
