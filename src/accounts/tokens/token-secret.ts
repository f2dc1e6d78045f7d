import { randomBytes } from 'node:crypto';

const PREFIX = 'sb_';
const SHOWN_CHARACTERS = 10;

/** A new token of 256 bits; `sb_` lets secret scanners find it where it does not belong. */
export function newTokenSecret(): string {
  return PREFIX + randomBytes(32).toString('base64url');
}

/** The beginning of a token, by which its owner recognises it. */
export function prefixOf(secret: string): string {
  return secret.slice(0, SHOWN_CHARACTERS);
}

/** Whether a text can be one of our tokens at all. */
export function looksLikeToken(secret: string): boolean {
  return /^sb_[\w-]{43}$/.test(secret);
}
