import { randomInt } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import { invalidField, SwitchboardError } from '../../core/errors/index.js';

/** Characters of a password that people may choose. */
export const PASSWORD_LENGTH = { min: 8, max: 128 } as const;

/** Bytes above which a password is refused before anything is computed from it. */
const MAX_BYTES = 1024;
const ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/**
 * Refuses a password that is too long to be one, before it costs any work.
 * @throws SwitchboardError `password_not_accepted` above 1 kB
 */
export function refuseOversized(password: string, field: string): void {
  if (Buffer.byteLength(password) <= MAX_BYTES) return;
  throw new SwitchboardError('password_not_accepted', `${field} is longer than ${MAX_BYTES} bytes.`, {
    errors: [{ field, message: `must have at most ${PASSWORD_LENGTH.max} characters` }],
  });
}

/**
 * Checks a password that somebody chose: 8 to 128 characters, no control characters.
 * @throws SwitchboardError `password_not_accepted` or `validation_failed`
 */
export function requireAcceptable(password: string, field: string): void {
  refuseOversized(password, field);
  const { min, max } = PASSWORD_LENGTH;
  if (password.length < min || password.length > max)
    throw invalidField(field, `must have ${min} to ${max} characters`);
  if (/[\u0000-\u001f\u007f]/.test(password)) throw invalidField(field, 'must not hold control characters');
}

/** A password of about 116 bits that can be read aloud: no 0/O, 1/l. */
export function generatePassword(): string {
  return Array.from({ length: 20 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** The salted scrypt hash, in the format that better-auth verifies. All of the password counts. */
export function hashOf(password: string): Promise<string> {
  return hashPassword(password);
}
