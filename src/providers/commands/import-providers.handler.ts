import { isDeepStrictEqual } from 'node:util';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../core/audit/index.js';
import { SWITCHBOARD_SETTINGS, type SwitchboardSettings } from '../../core/config/index.js';
import { ChangeFeed, Database, type EntityManager, newId } from '../../core/database/index.js';
import { SwitchboardError } from '../../core/errors/index.js';
import { OutboundHttp } from '../../core/outbound/index.js';
import { Clock } from '../../core/time/index.js';
import { ProviderDirectory } from '../provider-directory.js';
import type { ProviderEntry } from '../provider-file/index.js';
import { ProviderHooks } from '../provider-hooks.js';
import { providerEntries } from '../provider-sources.js';
import { Provider } from '../provider.entity.js';
import { RemovedProvider } from '../removed-provider.entity.js';
import { ProviderRegistry } from '../provider.registry.js';
import { ImportProviders, type ImportProvidersOptions, type ImportReport } from './import-providers.command.js';

@CommandHandler(ImportProviders)
export class ImportProvidersHandler implements ICommandHandler<ImportProviders> {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SWITCHBOARD_SETTINGS) private readonly settings: SwitchboardSettings,
    private readonly changes: ChangeFeed,
    private readonly directory: ProviderDirectory,
    private readonly registry: ProviderRegistry,
    private readonly hooks: ProviderHooks,
    private readonly outbound: OutboundHttp,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute({ options, actor }: ImportProviders): Promise<ImportReport> {
    const all = providerEntries(this.settings.providersFile, this.registry);
    const entries = options.slug === undefined ? all : all.filter((entry) => entry.slug === options.slug);
    if (options.slug !== undefined && entries.length === 0)
      throw new SwitchboardError(
        'provider_not_registered',
        `No provider file and no strategy describes "${options.slug}". Add an entry to the file that PROVIDERS_FILE names.`,
      );
    for (const entry of entries) if (entry.is_active !== false) this.outbound.parseBaseUrl(entry.api_base_url);
    const report = await this.database.transaction(async (em) => {
      await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`${this.database.schemaName}:import`]);
      const brought = await this.bring(em, entries, options);
      const { created, updated, dry_run: isDryRun } = brought;
      if (!isDryRun && created.length + updated.length > 0)
        await this.audit.append(em, { actor, action: 'provider.import', after: { created, updated } });
      return brought;
    });
    if (!report.dry_run && report.created.length + report.updated.length > 0) await this.directory.refresh();
    return report;
  }

  private async bring(
    em: EntityManager,
    entries: ProviderEntry[],
    options: ImportProvidersOptions,
  ): Promise<ImportReport> {
    const { force = false, dryRun = false, onlyNew = false } = options;
    const removed = new Set(onlyNew ? (await em.find(RemovedProvider, {})).map(({ slug }) => slug) : []);
    const rows = new Map((await em.find(Provider, {})).map((row) => [row.slug, row]));
    const report = {
      created: [] as string[],
      updated: [] as string[],
      skipped: [] as ImportReport['skipped'][number][],
    };
    const now = this.clock.now();
    for (const entry of entries) {
      const row = rows.get(entry.slug);
      if (onlyNew && (row !== undefined || removed.has(entry.slug)))
        report.skipped.push({ slug: entry.slug, reason: 'known' });
      else if (row === undefined) {
        report.created.push(entry.slug);
        if (!dryRun) em.persist(created(entry, now));
      } else if (row.editedAt && !force) report.skipped.push({ slug: entry.slug, reason: 'edited by hand' });
      else if (isSame(row, entry)) report.skipped.push({ slug: entry.slug, reason: 'unchanged' });
      else {
        report.updated.push(entry.slug);
        if (!dryRun) await this.update(em, row, entry, now);
      }
    }
    if (!dryRun) {
      await em.flush();
      await em.nativeDelete(RemovedProvider, { slug: { $in: report.created } });
      await this.changes.announce(em, 'provider');
    }
    return { ...report, dry_run: dryRun };
  }

  private async update(em: EntityManager, row: Provider, entry: ProviderEntry, now: Date): Promise<void> {
    const origin = new URL(entry.api_base_url).origin;
    if (origin !== new URL(row.apiBaseUrl).origin) await this.hooks.originChanged(em, row, origin);
    row.describe(entry, now);
    row.editedAt = null;
  }
}

function created(entry: ProviderEntry, now: Date): Provider {
  const provider = new Provider();
  provider.id = newId();
  provider.createdAt = now;
  provider.editedAt = null;
  provider.describe(entry, now);
  return provider;
}

function isSame(row: Provider, entry: ProviderEntry): boolean {
  const wanted = new Provider();
  wanted.describe(entry, row.updatedAt);
  return isDeepStrictEqual(plain(row.toEntry()), plain(wanted.toEntry()));
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
