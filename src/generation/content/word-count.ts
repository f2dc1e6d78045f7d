/**
 * Words of a Markdown text, as Unicode and its dictionaries part them: right for Chinese, Japanese and Thai, which
 * write no spaces, and for Persian, whose zero-width non-joiner is inside words. Addresses of links do not count.
 */
export function countWords(markdown: string): number {
  // Bounded, so that brackets without end do not make it quadratic.
  const text = markdown.replace(/\]\([^()\s]{0,2000}\)/g, ']').replace(/https?:\/\/[^\s)>\]]{1,2000}/g, ' ');
  let words = 0;
  for (const { isWordLike } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text))
    if (isWordLike) words += 1;
  return words;
}
