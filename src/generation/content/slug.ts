import { createHash } from 'node:crypto';

/** UTF-16 units. */
const SLUG_LENGTH = 80;

/** Vowel signs and the stretching stroke of Arabic script: decoration, which addresses leave out. */
const ARABIC_DECORATION = /[\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED]|\u0640/gu;

/**
 * The part of an address that names a text, in the text's own script: letters, their marks and digits, lower-case,
 * joined by hyphens. Nothing invisible, nothing that turns the reading direction. Never empty: a text without letters
 * (pictograms) is named by its digest.
 */
export function slugOf(text: string): string {
  const words = normalised(normalised(text))
    // An apostrophe joins, everything else that is no letter parts; so does Persian's zero-width non-joiner.
    .replace(/(?<=\p{L})['’ʼ](?=\p{L})/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    // A mark without a letter to sit on would sit on the hyphen.
    .replace(/(^|-)\p{M}+/gu, '$1')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '');
  const slug = shortened(words);
  return slug === '' ? `content-${createHash('sha256').update(text).digest('hex').slice(0, 8)}` : slug;
}

/** Compatibility forms folded (full width, ligatures, presentation forms), lower-case, format characters out. */
function normalised(text: string): string {
  return text
    .slice(0, 2_000)
    .replace(/[\uD800-\uDFFF]/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll('\u200C', '-')
    .replace(/\p{Cf}/gu, '')
    .replace(ARABIC_DECORATION, '');
}

function shortened(slug: string): string {
  if (slug.length <= SLUG_LENGTH) return slug;
  const hyphen = slug.lastIndexOf('-', SLUG_LENGTH);
  if (hyphen > SLUG_LENGTH / 3) return slug.slice(0, hyphen);
  const graphemes = Array.from(new Intl.Segmenter().segment(slug), ({ index, segment }) => index + segment.length);
  return slug.slice(0, graphemes.findLast((end) => end <= SLUG_LENGTH) ?? 0).replace(/-$/, '');
}
