import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ChangeFeed, Database, Snapshot } from '../core/database/index.js';
import { SwitchboardError } from '../core/errors/index.js';
import {
  CAPABILITY_NAMES,
  capabilitiesOf,
  type Capability,
  type ProviderProfile,
  type ProviderStrategy,
} from './contract/index.js';
import { Provider } from './provider.entity.js';
import { profileOf, type ProviderEntry } from './provider-file/index.js';
import { ProviderRegistry } from './provider.registry.js';

/** An immutable provider: its row, its profile, and the strategy that serves it. */
export interface ProviderRecord {
  readonly id: string;
  readonly slug: string;
  readonly displayName: string;
  readonly entry: Readonly<ProviderEntry>;
  readonly profile: ProviderProfile;
  readonly isActive: boolean;
  readonly allowPersonalKeys: boolean;
  readonly allowSharedForNormalAdmins: boolean;
  /** Scheme, host and port of the base URL; keys belong to it. */
  readonly origin: string;
  /** Undefined when the row names a strategy that this process does not have. */
  readonly strategy: ProviderStrategy | undefined;
  readonly dialect: string | undefined;
  /** What both the row and the strategy say it can do. */
  readonly capabilities: ReadonlySet<Capability>;
}

/** Every provider, in memory. */
@Injectable()
export class ProviderDirectory implements OnModuleInit {
  private readonly snapshot = new Snapshot(() => this.load());

  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly registry: ProviderRegistry,
  ) {}

  async onModuleInit(): Promise<void> {
    this.changes.subscribe('provider', () => this.refresh());
    await this.refresh();
  }

  /** Reloads; a writer awaits it after its commit. */
  refresh(): Promise<void> {
    return this.snapshot.refresh();
  }

  /** In display order. */
  all(): readonly ProviderRecord[] {
    return [...this.snapshot.current.bySlug.values()];
  }

  find(slug: string): ProviderRecord | undefined {
    return this.snapshot.current.bySlug.get(slug);
  }

  findById(id: string): ProviderRecord | undefined {
    return this.snapshot.current.byId.get(id);
  }

  /** @throws SwitchboardError `provider_not_registered` */
  require(slug: string, field = 'provider'): ProviderRecord {
    const found = this.find(slug);
    if (found) return found;
    throw new SwitchboardError(
      'provider_not_registered',
      `There is no provider "${slug}". GET /api/admin/ai-providers lists them.`,
      { errors: [{ field, message: `"${slug}" is not a provider; use a slug from GET /api/admin/ai-providers` }] },
    );
  }

  /**
   * A provider that may be called for the capability now.
   * @throws SwitchboardError `provider_not_registered`, `provider_inactive`, `operation_not_supported`
   */
  requireServing(slug: string, capability: Capability): ProviderRecord & { strategy: ProviderStrategy } {
    const record = this.require(slug);
    if (!record.isActive)
      throw new SwitchboardError(
        'provider_inactive',
        `${record.displayName} is switched off. A superadmin can switch it on with PATCH /api/admin/ai-providers/${slug} {"is_active": true}.`,
      );
    this.requireCapability(record, capability);
    const { strategy } = record;
    if (strategy === undefined) this.registry.require(record.entry.strategy);
    return { ...record, strategy: strategy as ProviderStrategy };
  }

  /** @throws SwitchboardError `operation_not_supported` naming who has the capability. */
  requireCapability(record: ProviderRecord, capability: Capability): void {
    if (record.capabilities.has(capability)) return;
    const able = this.all()
      .filter((other) => other.isActive && other.capabilities.has(capability))
      .map((other) => other.slug);
    const shown = able.slice(0, 12).join(', ') + (able.length > 12 ? ` and ${able.length - 12} more` : '');
    throw new SwitchboardError(
      'operation_not_supported',
      `${record.displayName} has no ${capability} models. Providers that have: ${shown || 'none'}.`,
      { errors: [{ field: 'capability', message: `${record.slug} does not offer ${capability}` }] },
    );
  }

  private async load() {
    const rows = await this.database.em().find(Provider, {}, { orderBy: { sortOrder: 'asc', slug: 'asc' } });
    const records = rows.map((row) => this.toRecord(row));
    return {
      bySlug: new Map(records.map((record) => [record.slug, record])),
      byId: new Map(records.map((record) => [record.id, record])),
    };
  }

  private toRecord(row: Provider): ProviderRecord {
    const entry = row.toEntry();
    const profile = profileOf(entry);
    const registered = this.registry.find(row.slug) ?? this.registry.find(row.strategy);
    const able = new Set(registered ? capabilitiesOf(registered.strategy) : []);
    return {
      id: row.id,
      slug: row.slug,
      displayName: row.displayName,
      entry,
      profile,
      isActive: row.isActive,
      allowPersonalKeys: row.allowPersonalKeys,
      allowSharedForNormalAdmins: row.allowSharedForNormalAdmins,
      origin: new URL(row.apiBaseUrl).origin,
      strategy: registered?.strategy,
      dialect: registered?.options.dialect,
      capabilities: new Set(
        CAPABILITY_NAMES.filter((name) => able.has(name) && profile.capabilities[name]?.supported === true),
      ),
    };
  }
}
