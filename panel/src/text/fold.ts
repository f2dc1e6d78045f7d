const LETTERS: Readonly<Record<string, string>> = {
  ي: 'ی',
  ى: 'ی',
  ئ: 'ی',
  ك: 'ک',
  ة: 'ه',
  ۀ: 'ه',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ؤ: 'و',
};
const FOREIGN = /[يىئكةۀأإآٱؤ]/g;
const DIGITS = /[۰-۹٠-٩]/g;
const IGNORED = /[\u0640\u064b-\u065f\u200c\u200d\u0300-\u036f]/g;

/**
 * The form in which texts are compared while searching: lower case, without accents, Arabic and Persian letters and
 * digits made one (ي and ی, ك and ک), without ZWNJ, tatweel and vowel marks.
 */
export function fold(text: string): string {
  return text
    .replace(FOREIGN, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFKD')
    .replace(IGNORED, '')
    .replace(DIGITS, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .toLowerCase()
    .trim();
}

/** Whether every word of an already folded query occurs in an already folded text. */
export function matches(foldedText: string, foldedWords: readonly string[]): boolean {
  return foldedWords.every((word) => foldedText.includes(word));
}

export const wordsOf = (query: string): readonly string[] => fold(query).split(/\s+/).filter(Boolean);
