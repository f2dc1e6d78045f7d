import { Inject, Injectable } from '@nestjs/common';
import { ChangeFeed, Database, newId } from '../../core/database/index.js';
import type { ListedModel } from '../../providers/index.js';
import { type Catalog, type CatalogEntry, catalogOf } from './catalog.js';
import { CatalogModel } from './catalog-model.entity.js';
import { CatalogSync } from './catalog-sync.entity.js';

/** One finished attempt, as recorded. */
export type SyncRecord = Omit<InstanceType<typeof CatalogSync>, 'id'>;

/** A model that two lists in a row lacked is missing. */
const MISSED_SYNCS_UNTIL_MISSING = 2;

@Injectable()
export class CatalogRepository {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
  ) {}

  /** The last good list of a provider. */
  async load(providerId: string): Promise<Catalog> {
    const em = this.database.em();
    const rows = await em.find(CatalogModel, { providerId }, { orderBy: { name: 'asc', modelId: 'asc' } });
    const [latest] = await em.find(CatalogSync, { providerId }, { orderBy: { finishedAt: 'desc' }, limit: 1 });
    const [good] = await em.find(
      CatalogSync,
      { providerId, error: null },
      { orderBy: { finishedAt: 'desc' }, limit: 1 },
    );
    return catalogOf(rows.map(toEntry), good?.finishedAt ?? null, latest?.error ?? null);
  }

  /** Size and age of every stored catalog. */
  async summaries(): Promise<ReadonlyMap<string, { count: number; syncedAt: Date | null; error: string | null }>> {
    const schema = `"${this.database.schemaName}"`;
    const rows: { provider_id: string; count: string; synced_at: string | null; error: string | null }[] =
      await this.database.em().execute(
        `select p.id as provider_id, coalesce(m.count, 0) as count, g.synced_at, l.error
           from ${schema}.provider p
           left join (select provider_id, count(*) from ${schema}.catalog_model where missing_since is null group by 1) m
                  on m.provider_id = p.id
           left join (select provider_id, max(finished_at) as synced_at from ${schema}.catalog_sync
                       where error is null group by 1) g on g.provider_id = p.id
           left join (select distinct on (provider_id) provider_id, error from ${schema}.catalog_sync
                       order by provider_id, finished_at desc) l on l.provider_id = p.id`,
      );
    return new Map(
      rows.map((row) => [
        row.provider_id,
        {
          count: Number(row.count),
          syncedAt: row.synced_at === null ? null : new Date(row.synced_at),
          error: row.error,
        },
      ]),
    );
  }

  /** Replaces the list in one transaction: readers see the old one or the new one. */
  async replace(providerId: string, models: readonly ListedModel[], sync: SyncRecord): Promise<void> {
    await this.database.transaction(async (em) => {
      const at = sync.finishedAt;
      await em.execute(UPSERT.replaceAll('$schema', this.database.schemaName), [
        JSON.stringify(models.map((model) => ({ ...toRow(model), id: newId() }))),
        providerId,
        at,
      ]);
      await em.execute(
        `update "${this.database.schemaName}".catalog_model
            set missed_syncs = missed_syncs + 1,
                missing_since = case when missed_syncs + 1 >= ? then coalesce(missing_since, ?::timestamptz) end
          where provider_id = ? and last_seen_at < ?::timestamptz`,
        [MISSED_SYNCS_UNTIL_MISSING, at, providerId, at],
      );
      em.create(CatalogSync, { id: newId(), ...sync });
      await em.flush();
      await this.changes.announce(em, 'catalog');
    });
  }

  /** Records an attempt that changed nothing. */
  async record(sync: SyncRecord): Promise<void> {
    const em = this.database.em();
    em.create(CatalogSync, { id: newId(), ...sync });
    await em.flush();
  }
}

const UPSERT = `
  insert into "$schema".catalog_model as present
    (id, provider_id, model_id, name, description, capabilities, context_length, max_output_tokens,
     modalities, pricing, is_free, deprecated_at, raw, first_seen_at, last_seen_at, missing_since, missed_syncs)
  select r.id, p.provider_id, r.model_id, r.name, r.description,
         array(select jsonb_array_elements_text(r.capabilities)), r.context_length, r.max_output_tokens,
         r.modalities, r.pricing, r.is_free, r.deprecated_at, r.raw, p.seen_at, p.seen_at, null, 0
    from jsonb_to_recordset(?::jsonb) as r
         (id uuid, model_id text, name text, description text, capabilities jsonb, context_length integer,
          max_output_tokens integer, modalities jsonb, pricing jsonb, is_free boolean, deprecated_at timestamptz, raw jsonb),
         (select ?::uuid as provider_id, ?::timestamptz as seen_at) p
  on conflict (provider_id, model_id) do update
    set name = excluded.name, description = excluded.description, capabilities = excluded.capabilities,
        context_length = excluded.context_length, max_output_tokens = excluded.max_output_tokens,
        modalities = excluded.modalities, pricing = excluded.pricing, is_free = excluded.is_free,
        deprecated_at = excluded.deprecated_at, raw = excluded.raw, last_seen_at = excluded.last_seen_at,
        missing_since = null, missed_syncs = 0`;

function toRow(model: ListedModel) {
  return {
    model_id: model.id,
    name: model.name,
    description: model.description,
    capabilities: model.capabilities,
    context_length: model.contextLength,
    max_output_tokens: model.maxOutputTokens,
    modalities: model.modalities,
    pricing: model.pricing,
    is_free: model.isFree,
    deprecated_at: model.deprecatedAt,
    raw: model.raw,
  };
}

function toEntry(row: CatalogModel): CatalogEntry {
  return {
    id: row.modelId,
    name: row.name,
    description: row.description ?? null,
    capabilities: row.capabilities,
    contextLength: row.contextLength ?? null,
    maxOutputTokens: row.maxOutputTokens ?? null,
    modalities: row.modalities ?? null,
    pricing: row.pricing ?? null,
    isFree: row.isFree,
    deprecatedAt: row.deprecatedAt?.toISOString() ?? null,
    missingSince: row.missingSince?.toISOString() ?? null,
  };
}
