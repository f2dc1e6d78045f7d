import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ChangeFeed, Database, Snapshot } from '../core/database/index.js';
import { SwitchboardError } from '../core/errors/index.js';
import type { Admin } from '../core/identity/index.js';
import { Clock } from '../core/time/index.js';
import type { ProviderRecord } from '../providers/index.js';
import { KeyRing } from './cipher.js';
import { EnvironmentKeys } from './environment-keys.js';
import { PRIMARY_LABEL, ProviderKey } from './provider-key.entity.js';
import { ProviderSettings } from './settings/provider-settings.js';
import { pickKey, type ReadyKey, RestingKeys, type StoredKey } from './stored-keys.js';
import type { UsableKey } from './usable-key.js';

/** Decrypted keys in memory, replaced as a whole when keys change. Nothing here is ever shown. */
@Injectable()
export class KeyVault implements OnModuleInit {
  private readonly logger = new Logger(KeyVault.name);
  private readonly snapshot = new Snapshot(() => this.load());
  private readonly resting: RestingKeys;
  /** Ids of undecryptable keys that the log knows of. */
  private readonly reported = new Set<string>();

  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly ring: KeyRing,
    private readonly changes: ChangeFeed,
    private readonly environment: EnvironmentKeys,
    private readonly settings: ProviderSettings,
    clock: Clock,
  ) {
    this.resting = new RestingKeys(() => clock.monotonic());
  }

  async onModuleInit(): Promise<void> {
    this.changes.subscribe('key', () => this.refresh());
    this.changes.hear('key-rest', (text) => this.restElsewhere(text));
    await this.refresh();
  }

  refresh(): Promise<void> {
    return this.snapshot.refresh();
  }

  /** A key stored for this owner (null = shared) that belongs to the provider's present origin, the primary one first. */
  stored(provider: ProviderRecord, owner: string | null): string | null {
    return this.first(provider, owner)?.secret ?? null;
  }

  first(provider: ProviderRecord, owner: string | null): ReadyKey | null {
    return this.ready(provider, owner)[0] ?? null;
  }

  isResting(keyId: string): boolean {
    return this.resting.isResting(keyId);
  }

  /** Whether a key of the ring opens this stored key. */
  isReadable(keyId: string): boolean {
    return this.snapshot.current.readable.has(keyId);
  }

  /** The provider's conventional environment variable, which serves where no shared key is stored. */
  fromEnvironment(provider: ProviderRecord): string | null {
    return this.environment.of(provider);
  }

  hasShared(provider: ProviderRecord): boolean {
    return this.stored(provider, null) !== null || this.fromEnvironment(provider) !== null;
  }

  /**
   * The key for a call by this admin: personal, then shared.
   * @throws SwitchboardError `provider_inactive`, `shared_api_not_allowed` or `no_api_key_available`, saying what would
   *   help
   */
  resolve(provider: ProviderRecord, admin: Admin): UsableKey {
    const { isActive, useSharedApi } = this.settings.of(admin.id, provider.id);
    const { slug, displayName } = provider;
    if (!isActive)
      throw new SwitchboardError(
        'provider_inactive',
        `${displayName} is switched off in your settings. Switch it on with PATCH /api/admin/ai-settings/${slug} {"is_active": true}.`,
      );
    if (!needsKey(provider)) return { secret: null, source: 'none' };
    const personal = provider.allowPersonalKeys ? this.pick(provider, admin.id) : null;
    if (personal !== null) return personal;
    if (admin.role !== 'superadmin' && !provider.allowSharedForNormalAdmins)
      throw new SwitchboardError(
        'shared_api_not_allowed',
        `The shared key of ${displayName} is for superadmins. ${personalHint(provider)}`,
      );
    if (!useSharedApi)
      throw new SwitchboardError(
        'shared_api_not_allowed',
        `The shared key of ${displayName} is switched off in your settings. Switch it on with PATCH /api/admin/ai-settings/${slug} {"use_shared_api": true}. ${personalHint(provider)}`,
      );
    const shared = this.shared(provider);
    if (shared === null)
      throw new SwitchboardError(
        'no_api_key_available',
        `${displayName} has no API key. A superadmin can set one with PUT /api/admin/ai-providers/${slug}/shared-key. ${personalHint(provider)}`,
      );
    return shared;
  }

  /** The shared key for work that no admin asked for (catalog sync); null when there is none. */
  shared(provider: ProviderRecord): UsableKey | null {
    if (!needsKey(provider)) return { secret: null, source: 'none' };
    const stored = this.pick(provider, null);
    if (stored !== null) return stored;
    const fallback = this.fromEnvironment(provider);
    return fallback === null ? null : { secret: fallback, source: 'environment' };
  }

  /** Lets a key rest. @param seconds for how long, if the provider said it */
  rest(keyId: string, seconds: number | undefined): void {
    this.resting.rest(keyId, seconds);
  }

  /** Another replica was told that a key is asked too often. */
  private restElsewhere(text: string): void {
    const [keyId = '', seconds = ''] = text.split(' ');
    if (keyId !== '' && !this.resting.isResting(keyId))
      this.resting.rest(keyId, seconds === '' ? undefined : Number(seconds));
  }

  /** Another key of the same owner that is well and not among `tried`; null when there is none. */
  another(provider: ProviderRecord, key: UsableKey, tried: ReadonlySet<string>): UsableKey | null {
    const owner = key.id === undefined ? undefined : this.snapshot.current.owners.get(key.id);
    if (owner === undefined) return null;
    const others = this.ready(provider, owner).filter((other) => !tried.has(other.id) && this.isWell(other));
    const next = pickKey(others, () => true, Math.random());
    return next === undefined ? null : { secret: next.secret, source: key.source, id: next.id };
  }

  private pick(provider: ProviderRecord, owner: string | null): UsableKey | null {
    const key = pickKey(this.ready(provider, owner), (one) => this.isWell(one), Math.random());
    return key === undefined
      ? null
      : { secret: key.secret, source: owner === null ? 'shared' : 'personal', id: key.id };
  }

  private isWell({ id, status }: StoredKey): boolean {
    return status !== 'invalid' && !this.resting.isResting(id);
  }

  private ready(provider: ProviderRecord, owner: string | null): ReadyKey[] {
    const keys = this.snapshot.current.slots.get(slotOf(provider.id, owner)) ?? [];
    return keys.filter((key): key is ReadyKey => key.secret !== null && key.origin === provider.origin);
  }

  private async load() {
    const rows = await this.database.em().find(ProviderKey, {}, { orderBy: { id: 'asc' } });
    const primaryFirst = [...rows].sort(
      (a, b) => Number(b.label === PRIMARY_LABEL) - Number(a.label === PRIMARY_LABEL),
    );
    const slots = new Map<string, StoredKey[]>();
    const readable = new Set<string>();
    for (const row of primaryFirst) {
      const key = this.open(row);
      const slot = slotOf(row.providerId, row.owner ?? null);
      slots.set(slot, [...(slots.get(slot) ?? []), key]);
      if (key.secret !== null) readable.add(key.id);
    }
    return { slots, readable, owners: new Map(rows.map((row) => [row.id, row.owner ?? null])) };
  }

  private open(row: ProviderKey): StoredKey {
    const { id, weight, origin, status, fingerprint } = row;
    try {
      const secret = row.reveal(this.ring);
      this.reported.delete(id);
      return { id, weight, origin, status, fingerprint, secret };
    } catch {
      if (!this.reported.has(id)) this.logger.error(`Key ${id} (${fingerprint}) cannot be decrypted; enter it again.`);
      this.reported.add(id);
      return { id, weight, origin, status, fingerprint, secret: null };
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
