import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LockMode } from '@mikro-orm/core';
import { Audit } from '../../core/audit/index.js';
import { ChangeFeed, Database } from '../../core/database/index.js';
import { OutboundHttp } from '../../core/outbound/index.js';
import { Clock } from '../../core/time/index.js';
import { parseProviderEntry, parseProviderPatch, type ProviderEntry } from '../provider-file/index.js';
import { ProviderDirectory } from '../provider-directory.js';
import { ProviderHooks } from '../provider-hooks.js';
import { Provider } from '../provider.entity.js';
import { requireProviderMatch } from '../provider-tag.js';
import { ProviderRegistry } from '../provider.registry.js';
import { type SavedProvider, UpdateProvider } from './save-provider.command.js';

@CommandHandler(UpdateProvider)
export class UpdateProviderHandler implements ICommandHandler<UpdateProvider> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly directory: ProviderDirectory,
    private readonly registry: ProviderRegistry,
    private readonly hooks: ProviderHooks,
    private readonly outbound: OutboundHttp,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute({ slug, changes, actor, ifMatch }: UpdateProvider): Promise<SavedProvider> {
    const { id } = this.directory.require(slug, 'slug');
    parseProviderPatch(changes);
    const warnings = await this.database.transaction(async (em) => {
      const provider = await em.findOneOrFail(Provider, id, { lockMode: LockMode.PESSIMISTIC_WRITE });
      const before = provider.toEntry();
      requireProviderMatch(ifMatch, before);
      const entry = parseProviderEntry(withChanges(before, changes));
      if (entry.strategy !== provider.strategy) this.registry.require(entry.strategy);
      const target = this.outbound.parseBaseUrl(entry.api_base_url);
      const moved = target.origin !== new URL(provider.apiBaseUrl).origin;
      const told = moved ? await this.hooks.originChanged(em, provider, target.origin) : [];
      const now = this.clock.now();
      // The environment's key, too, was meant for the old origin.
      const envKey = moved ? null : (provider.envKey ?? null);
      provider.describe({ ...entry, api_base_url: target.url, env_key: envKey }, now);
      provider.editedAt = now;
      await em.flush();
      const after = provider.toEntry();
      await this.audit.append(em, { actor, action: 'provider.update', target: slug, before, after });
      await this.changes.announce(em, 'provider');
      return told;
    });
    await this.directory.refresh();
    return { slug, warnings };
  }
}

/** `config` and each capability merge one level deep; null removes; everything else replaces. */
function withChanges(entry: ProviderEntry, changes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { env_key: _kept, ...present } = entry;
  const merged: Record<string, unknown> = withoutNulls(present);
  for (const [field, value] of Object.entries(changes)) {
    if (value === null) delete merged[field];
    else if (field === 'config' || field === 'capabilities') merged[field] = merge(merged[field], value);
    else merged[field] = value;
  }
  return merged;
}

function merge(present: unknown, changes: unknown): unknown {
  if (!isObject(present) || !isObject(changes)) return changes;
  return withoutNulls({ ...present, ...changes });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function withoutNulls(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
}
