import { hash, timingSafeEqual } from 'node:crypto';

/** What is stored of a secret that is random enough to need no salt: its sha256 in hex. */
export function sha256(secret: string): string {
  return hash('sha256', secret, 'hex');
}

/** Whether two secrets are equal, in a time that depends on neither. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(one)), Buffer.from(sha256(other)));
}
