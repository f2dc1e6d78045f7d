import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { SWITCHBOARD_SETTINGS, type SwitchboardSettings } from '../core/config/index.js';
import { ChangeFeed, Database, Snapshot } from '../core/database/index.js';
import { SwitchboardError } from '../core/errors/index.js';
import type { Admin } from '../core/identity/index.js';
import type { ProviderRecord } from '../providers/index.js';
import { KeyRing } from './cipher.js';
import { ProviderKey } from './provider-key.entity.js';

/** A credential ready to send, and where it came from. */
export interface UsableKey {
  readonly secret: string | null;
  readonly source: 'personal' | 'shared' | 'environment' | 'none';
}

interface VaultEntry {
  readonly origin: string;
  readonly secret: string | null;
}

/** Decrypted keys in memory, replaced as a whole when keys change. Nothing here is ever shown. */
@Injectable()
export class KeyVault implements OnModuleInit {
  private readonly logger = new Logger(KeyVault.name);
  private readonly snapshot = new Snapshot(() => this.load());

  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly ring: KeyRing,
    private readonly changes: ChangeFeed,
    @Inject(SWITCHBOARD_SETTINGS) private readonly settings: SwitchboardSettings,
  ) {}

  async onModuleInit(): Promise<void> {
    this.changes.subscribe('key', () => this.refresh());
    await this.refresh();
  }

  refresh(): Promise<void> {
    return this.snapshot.refresh();
  }

  /** The key stored for this owner (null = shared), if it belongs to the provider's present origin. */
  stored(provider: ProviderRecord, owner: string | null): string | null {
    const entry = this.snapshot.current.get(slotOf(provider.id, owner));
    return entry?.origin === provider.origin ? entry.secret : null;
  }

  /** The provider's conventional environment variable, which serves where no shared key is stored. */
  fromEnvironment(provider: ProviderRecord): string | null {
    const name = provider.entry.env_key;
    return name ? (this.settings.environmentKeys[name] ?? null) : null;
  }

  hasShared(provider: ProviderRecord): boolean {
    return this.stored(provider, null) !== null || this.fromEnvironment(provider) !== null;
  }

  /**
   * The key for a call by this admin: personal, then shared.
   * @throws SwitchboardError `shared_api_not_allowed` or `no_api_key_available`, saying what would help
   */
  resolve(provider: ProviderRecord, admin: Admin): UsableKey {
    if (!needsKey(provider)) return { secret: null, source: 'none' };
    const personal = provider.allowPersonalKeys ? this.stored(provider, admin.id) : null;
    if (personal !== null) return { secret: personal, source: 'personal' };
    const shared = this.shared(provider);
    if (admin.role !== 'superadmin' && !provider.allowSharedForNormalAdmins)
      throw new SwitchboardError(
        'shared_api_not_allowed',
        `The shared key of ${provider.displayName} is for superadmins. ${personalHint(provider)}`,
      );
    if (shared === null)
      throw new SwitchboardError(
        'no_api_key_available',
        `${provider.displayName} has no API key. A superadmin can set one with PUT /api/admin/ai-providers/${provider.slug}/shared-key. ${personalHint(provider)}`,
      );
    return shared;
  }

  /** The shared key for work that no admin asked for (catalog sync); null when there is none. */
  shared(provider: ProviderRecord): UsableKey | null {
    if (!needsKey(provider)) return { secret: null, source: 'none' };
    const stored = this.stored(provider, null);
    if (stored !== null) return { secret: stored, source: 'shared' };
    const fallback = this.fromEnvironment(provider);
    return fallback === null ? null : { secret: fallback, source: 'environment' };
  }

  private async load(): Promise<ReadonlyMap<string, VaultEntry>> {
    const rows = await this.database.em().find(ProviderKey, {});
    return new Map(rows.map((row) => [slotOf(row.providerId, row.owner ?? null), this.open(row)]));
  }

  private open(row: ProviderKey): VaultEntry {
    try {
      return { origin: row.origin, secret: row.reveal(this.ring) };
    } catch {
      this.logger.error(`Key ${row.id} (fingerprint ${row.fingerprint}) cannot be decrypted; enter it again.`);
      return { origin: row.origin, secret: null };
    }
  }
}

const slotOf = (providerId: string, owner: string | null) => `${providerId}\n${owner ?? ''}`;

/** Whether calls to the provider carry a credential at all. */
export function needsKey(provider: ProviderRecord): boolean {
  return provider.strategy?.needsKey !== false && provider.profile.config.wire.auth.type !== 'none';
}

function personalHint(provider: ProviderRecord): string {
  return provider.allowPersonalKeys
    ? `You can use your own: PUT /api/admin/ai-settings/${provider.slug}/personal-key.`
    : 'Personal keys are not allowed for it.';
}
