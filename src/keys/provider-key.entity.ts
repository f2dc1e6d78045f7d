import { createHash } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import { id, timestamp } from '../core/database/index.js';
import type { KeyRing } from './cipher.js';

/** Label of the key that `PUT …-key` sets. */
export const PRIMARY_LABEL = 'primary';

export type KeyStatus = 'unverified' | 'valid' | 'invalid' | 'undecryptable';

const ProviderKeySchema = defineEntity({
  name: 'ProviderKey',
  tableName: 'provider_key',
  properties: {
    id: id(),
    providerId: p.uuid(),
    owner: p.string().nullable(),
    /** Unique per provider and owner; the one that `PUT …-key` replaces is `primary`. */
    label: p.string(),
    /** Its share of the calls among the owner's keys, 1 to 100. */
    weight: p.integer(),
    ciphertext: p.text(),
    keyId: p.string(),
    origin: p.string(),
    last4: p.string(),
    fingerprint: p.string(),
    status: p.string().$type<KeyStatus>(),
    reason: p.text().nullable(),
    setAt: timestamp(),
    validatedAt: timestamp().nullable(),
  },
});

/** A stored upstream credential: shared (`owner` null) or personal. It can be replaced and removed, never read back. */
export class ProviderKey extends ProviderKeySchema.class {
  /** Encrypts `secret` for this row and the origin it was entered for. Set id, provider and owner first. */
  hold(secret: string, origin: string, ring: KeyRing, at: Date): void {
    this.origin = origin;
    this.ciphertext = ring.encrypt(secret, this.context());
    this.keyId = ring.currentId;
    this.last4 = secret.length >= 12 ? secret.slice(-4) : '';
    this.fingerprint = fingerprintOf(secret);
    this.status = 'unverified';
    this.reason = null;
    this.setAt = at;
    this.validatedAt = null;
  }

  /** @throws UndecryptableError */
  reveal(ring: KeyRing): string {
    return ring.decrypt(this.ciphertext, this.context());
  }

  /** Writes the same secret with the ring's first key. */
  rewrap(ring: KeyRing): void {
    this.ciphertext = ring.encrypt(this.reveal(ring), this.context());
    this.keyId = ring.currentId;
  }

  /** What the ciphertext is bound to; a change of any part makes it unreadable. */
  private context(): string {
    return ['provider_key', this.id, this.providerId, this.owner ?? '', this.origin].join('\n');
  }
}
ProviderKeySchema.setClass(ProviderKey);

/** Tells keys apart without telling them: the first 16 hex digits of a SHA-256. */
export function fingerprintOf(secret: string): string {
  return createHash('sha256').update(`switchboard key\n${secret}`).digest('hex').slice(0, 16);
}
