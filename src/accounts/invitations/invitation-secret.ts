import { randomBytes } from 'node:crypto';

const PREFIX = 'sbi_';

/** A new secret of 256 bits for an invitation; the prefix lets secret scanners find it where it does not belong. */
export function newInvitationSecret(): string {
  return PREFIX + randomBytes(32).toString('base64url');
}

/**
 * Where an invited person goes. The secret stands behind the `#`: browsers send that part to nobody, so it is in no log
 * and no Referer. Absolute where the public origin is known; the Host header of a request could be anybody's.
 */
export function invitationLink(secret: string, publicUrl: string | null): string {
  return `${publicUrl ?? ''}/invitation#token=${secret}`;
}
