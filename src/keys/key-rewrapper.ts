import { Inject, Injectable } from '@nestjs/common';
import { LockMode } from '@mikro-orm/core';
import { Audit } from '../core/audit/index.js';
import { ChangeFeed, Database } from '../core/database/index.js';
import type { Admin } from '../core/identity/index.js';
import { KeyRing, UndecryptableError } from './cipher.js';
import { ProviderKey } from './provider-key.entity.js';

/** How far the rewrapping came. */
export interface RewrapReport {
  /** Id of the key that writes now. */
  readonly key_id: string;
  /** Keys that were written anew by this run. */
  readonly rewrapped: number;
  /** Keys that no key of the ring opens; they stay as they are. */
  readonly undecryptable: number;
  /** Readable keys still under an old key; the old one can be taken away when this is 0. */
  readonly remaining: number;
}

const BATCH = 50;

/** Writes stored keys anew with the ring's first key, a batch per transaction, so that it can stop and go on. */
@Injectable()
export class KeyRewrapper {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly ring: KeyRing,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
  ) {}

  /** @param limit at most so many keys in this run */
  async run(actor: Admin | null, limit = Infinity): Promise<RewrapReport> {
    let rewrapped = 0;
    let after = '00000000-0000-0000-0000-000000000000';
    while (rewrapped < limit) {
      const batch = await this.batch(after, Math.min(BATCH, limit - rewrapped));
      rewrapped += batch.rewrapped;
      if (batch.last === null) break;
      after = batch.last;
    }
    const report = { key_id: this.ring.currentId, rewrapped, ...(await this.left()) };
    if (rewrapped > 0)
      await this.audit.append(this.database.em(), { actor, action: 'keys.rewrap', after: { ...report } });
    return report;
  }

  private batch(after: string, size: number): Promise<{ rewrapped: number; last: string | null }> {
    return this.database.transaction(async (em) => {
      const rows = await em.find(
        ProviderKey,
        { id: { $gt: after }, keyId: { $ne: this.ring.currentId } },
        { orderBy: { id: 'asc' }, limit: size, lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      let rewrapped = 0;
      for (const row of rows)
        try {
          row.rewrap(this.ring);
          rewrapped++;
        } catch (error) {
          if (!(error instanceof UndecryptableError)) throw error;
        }
      await em.flush();
      if (rewrapped > 0) await this.changes.announce(em, 'key');
      return { rewrapped, last: rows.at(-1)?.id ?? null };
    });
  }

  private async left(): Promise<{ undecryptable: number; remaining: number }> {
    const rows = await this.database.em().find(ProviderKey, { keyId: { $ne: this.ring.currentId } });
    const isReadable = (row: ProviderKey) => {
      try {
        row.reveal(this.ring);
        return true;
      } catch {
        return false;
      }
    };
    const remaining = rows.filter(isReadable).length;
    return { remaining, undecryptable: rows.length - remaining };
  }
}
