/** Longest piece of foreign text that is drawn at once; the rest is behind an ellipsis. */
export const TEXT_LIMIT = 600;

// Bidi overrides, isolates and marks, zero-width and other invisible controls.
const INVISIBLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/gu;

export interface TextPiece {
  readonly text: string;
  /** The code point of an invisible control, shown by its number instead of acting. */
  readonly control: boolean;
}

/** Splits foreign text into what is drawn as it is and controls that are drawn by name. ZWNJ and ZWJ stay: Persian needs them. */
export function neutralise(text: string, limit: number = TEXT_LIMIT): readonly TextPiece[] {
  const short = text.length > limit ? `${text.slice(0, limit)}…` : text;
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of short.matchAll(INVISIBLE)) {
    if (match.index > end) pieces.push({ text: short.slice(end, match.index), control: false });
    const code = match[0].codePointAt(0) ?? 0;
    pieces.push({ text: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`, control: true });
    end = match.index + match[0].length;
  }
  if (end < short.length || pieces.length === 0) pieces.push({ text: short.slice(end), control: false });
  return pieces;
}

/** Foreign text for places that take a string only, such as labels of choices and attributes: controls by their number. */
export function plainString(text: string, limit: number = 120): string {
  return neutralise(text, limit)
    .map((piece) => piece.text)
    .join('');
}

const DIRECTIONAL = /[\u202a-\u202e\u2066-\u2069]/g;
const ISOLATED = /^\u2066[^\u202a-\u202e\u2066-\u2069]*\u2069$/;

/**
 * A value on its way into a sentence: what would turn the rest of the sentence round is shown by its number. What the
 * panel has isolated itself (amounts, sizes) passes.
 */
export function harmlessInSentence(value: string): string {
  if (ISOLATED.test(value)) return value;
  return value.replace(DIRECTIONAL, (control) => `U+${(control.codePointAt(0) ?? 0).toString(16).toUpperCase()}`);
}
