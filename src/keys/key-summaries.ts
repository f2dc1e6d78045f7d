import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../core/database/index.js';
import type { ProviderRecord } from '../providers/index.js';
import { KeyVault } from './key-vault.js';
import { type ListedKeyView, toListedKeyView } from './provider-key.view.js';
import { fingerprintOf, type KeyStatus, PRIMARY_LABEL, ProviderKey } from './provider-key.entity.js';

/** What may be known of a key that serves a provider. */
export interface KeySummary {
  readonly last4: string;
  readonly fingerprint: string;
  readonly status: KeyStatus;
  readonly set_at: string | null;
  readonly validated_at: string | null;
  readonly source: 'stored' | 'environment';
}

/** Reads what may be shown of keys, for many providers in one query. */
@Injectable()
export class KeySummaries {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly vault: KeyVault,
  ) {}

  /** Shared and personal summaries by provider id. */
  async of(
    providers: readonly ProviderRecord[],
    adminId: string,
  ): Promise<ReadonlyMap<string, { shared: KeySummary | null; personal: KeySummary | null }>> {
    const rows = await this.database.em().find(ProviderKey, { $or: [{ owner: null }, { owner: adminId }] });
    rows.sort((a, b) => Number(a.label === PRIMARY_LABEL) - Number(b.label === PRIMARY_LABEL)); // the last one wins
    const shared = new Map(rows.filter((row) => !row.owner).map((row) => [row.providerId, row]));
    const personal = new Map(rows.filter((row) => row.owner === adminId).map((row) => [row.providerId, row]));
    return new Map(
      providers.map((provider) => [
        provider.id,
        {
          shared: this.stored(provider, shared.get(provider.id)) ?? this.environment(provider),
          personal: this.stored(provider, personal.get(provider.id)),
        },
      ]),
    );
  }

  /** All keys of one owner (null = shared), the primary one first. */
  async list(provider: ProviderRecord, owner: string | null): Promise<ListedKeyView[]> {
    const rows = await this.database.em().find(ProviderKey, { providerId: provider.id, owner }, { orderBy: { id: 1 } });
    return rows
      .sort((a, b) => Number(b.label === PRIMARY_LABEL) - Number(a.label === PRIMARY_LABEL))
      .map((row) => toListedKeyView(row, this.vault.isReadable(row.id), this.vault.isResting(row.id)));
  }

  private stored(provider: ProviderRecord, row: ProviderKey | undefined): KeySummary | null {
    if (row === undefined || row.origin !== provider.origin) return null;
    const isReadable = this.vault.isReadable(row.id);
    return {
      last4: row.last4,
      fingerprint: row.fingerprint,
      status: isReadable ? row.status : 'undecryptable',
      set_at: row.setAt.toISOString(),
      validated_at: row.validatedAt?.toISOString() ?? null,
      source: 'stored',
    };
  }

  private environment(provider: ProviderRecord): KeySummary | null {
    const secret = this.vault.fromEnvironment(provider);
    if (secret === null) return null;
    return {
      last4: secret.length >= 12 ? secret.slice(-4) : '',
      fingerprint: fingerprintOf(secret),
      status: 'unverified',
      set_at: null,
      validated_at: null,
      source: 'environment',
    };
  }
}
