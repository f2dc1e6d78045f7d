import { Inject, Injectable, Logger } from '@nestjs/common';
import { ChangeFeed, Database } from '../core/database/index.js';
import { SwitchboardError } from '../core/errors/index.js';
import type { ProviderRecord } from '../providers/index.js';
import { KeyVault } from './key-vault.js';
import { fingerprintOf, ProviderKey } from './provider-key.entity.js';
import type { UsableKey } from './usable-key.js';

/** Passes the turn to another key of the same owner when a provider refuses one. */
@Injectable()
export class KeyTurns {
  private readonly logger = new Logger(KeyTurns.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly vault: KeyVault,
  ) {}

  /** Whether `error` is about the key and another one could carry on. */
  canPass(provider: ProviderRecord, key: UsableKey, error: unknown, tried: ReadonlySet<string>): boolean {
    return isAboutKey(error) && this.vault.another(provider, key, new Set([...tried, key.id ?? ''])) !== null;
  }

  /**
   * Remembers what the provider said of the key, whether or not there is another: one that it does not know is
   * disabled, one that was used too much rests. Answers the key that carries on, null when none can.
   */
  next(provider: ProviderRecord, key: UsableKey, error: unknown, tried: Set<string>): UsableKey | null {
    if (key.id === undefined || !isAboutKey(error)) return null;
    tried.add(key.id);
    if (error.code === 'upstream_rate_limited') this.rest(key.id, error.retryAfterSeconds);
    else this.disable(key.id, fingerprintOf(key.secret ?? ''), error.message);
    return this.vault.another(provider, key, tried);
  }

  /** Here at once, elsewhere behind the call; a key that rests already is news to nobody. */
  private rest(keyId: string, seconds: number | undefined): void {
    const isKnown = this.vault.isResting(keyId);
    this.vault.rest(keyId, seconds);
    if (!isKnown) void this.changes.tell('key-rest', `${keyId} ${seconds ?? ''}`);
  }

  /** Behind the call; until it is written this process lets the key rest. */
  private disable(keyId: string, fingerprint: string, reason: string): void {
    this.vault.rest(keyId, undefined);
    this.write(keyId, fingerprint, reason).catch((error: unknown) =>
      this.logger.warn(`Key ${keyId} stays enabled: ${String(error)}`),
    );
  }

  private async write(keyId: string, fingerprint: string, reason: string): Promise<void> {
    const changed = await this.database.transaction(async (em) => {
      const disabled = { status: 'invalid' as const, reason };
      // The fingerprint: a key replaced meanwhile is another key.
      const enabled = { id: keyId, fingerprint, status: { $ne: 'invalid' as const } };
      const count = await em.nativeUpdate(ProviderKey, enabled, disabled);
      if (count > 0) await this.changes.announce(em, 'key');
      return count;
    });
    if (changed > 0) await this.vault.refresh();
  }
}

function isAboutKey(error: unknown): error is SwitchboardError {
  return (
    error instanceof SwitchboardError &&
    (error.code === 'upstream_auth_failed' || error.code === 'upstream_rate_limited')
  );
}
