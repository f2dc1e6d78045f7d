import { STORED_COLUMNS } from './catalog-rows.js';

/**
 * Lists have up to tens of thousands of models, so they are written by the hundred, past the unit of work, and read as
 * JSON documents of some hundred models. The rows are the truth; the documents are made of them by the database, in the
 * transaction that changes them, and read while their version is the list's. `$schema` stands for the schema.
 */
const SHARED_HEAD = `s.provider_id, null::text as owner, s.version, s.synced_at, s.attempted_at, s.error, s.validator`;
const PERSONAL_HEAD = `c.provider_id, c.owner, c.version, c.synced_at, c.attempted_at, c.error, null::jsonb as validator`;
/** The pages of a list, made of its rows. A page is small: the driver copies a value again and again while it arrives. */
const PAGES = `
  with m as (select r.*, (row_number() over (order by r.model_id) - 1) / 500 as page
               from $schema.catalog_model r where r.provider_id = s.provider_id),
       part as (select part.page, part.value, row_number() over (partition by part.page) - 1 as place
                  from (select m.page, to_jsonb(m.capabilities) as value from m union select m.page, m.modalities from m
                        union select m.page, m.pricing from m union select m.page, m.sources from m) part
                 where part.value is not null),
       parts as (select part.page, json_agg(part.value order by part.place) as list from part group by part.page)
  select m.page, json_build_object(
           'parts', (select coalesce(parts.list, '[]') from parts where parts.page = m.page),
           'models', json_agg(json_build_array(${STORED_COLUMNS})))::text as models
    from m
    left join part c on c.page = m.page and c.value = to_jsonb(m.capabilities)
    left join part o on o.page = m.page and o.value = m.modalities
    left join part p on p.page = m.page and p.value = m.pricing
    left join part f on f.page = m.page and f.value = m.sources
   group by m.page`;
const IS_STORED = `exists (select 1 from $schema.catalog_document d
                            where d.provider_id = s.provider_id and d.version = s.version)`;
/** A row per page; a list without models has one without a page. */
const SHARED = `
  select ${SHARED_HEAD}, d.models
    from $schema.catalog_state s
    left join lateral (
      select d.models from $schema.catalog_document d where d.provider_id = s.provider_id and d.version = s.version
      union all
      select made.models from (${PAGES}) made where not ${IS_STORED}) d on true`;

export const STATEMENTS = {
  /** Version and age of all shared catalogs and of the personal ones of these owners. */
  heads: `
    select ${SHARED_HEAD} from $schema.catalog_state s
    union all
    select ${PERSONAL_HEAD} from $schema.personal_catalog c
     where c.owner in (select jsonb_array_elements_text(?::jsonb))`,

  /** All shared catalogs, whole. */
  all: SHARED,

  one: `${SHARED} where s.provider_id = ?`,

  personal: `select ${PERSONAL_HEAD}, c.models from $schema.personal_catalog c where c.owner = ?`,

  /** Makes sure that there is a state to lock, and locks it. */
  createState: `insert into $schema.catalog_state (provider_id) values (?) on conflict do nothing`,
  lockState: `select version from $schema.catalog_state where provider_id = ? for update`,
  createPersonal: `insert into $schema.personal_catalog (provider_id, owner) values (?, ?) on conflict do nothing`,
  lockPersonal: `select version from $schema.personal_catalog where provider_id = ? and owner = ? for update`,

  upsert: `
    insert into $schema.catalog_model as present
      (id, provider_id, model_id, name, description, capabilities, context_length, max_output_tokens, modalities,
       pricing, is_free, deprecated_at, deprecation_noted_at, sources, raw, first_seen_at, last_seen_at,
       missing_since, missed_syncs)
    select r.id, p.provider_id, r.model_id, r.name, r.description,
           array(select jsonb_array_elements_text(r.capabilities)), r.context_length, r.max_output_tokens,
           r.modalities, r.pricing, r.is_free, r.deprecated_at, r.deprecation_noted_at, r.sources, r.raw,
           coalesce(r.first_seen_at, p.seen_at), p.seen_at, null, 0
      from jsonb_to_recordset(?::jsonb) as r
           (id uuid, model_id text, name text, description text, capabilities jsonb, context_length integer,
            max_output_tokens integer, modalities jsonb, pricing jsonb, is_free boolean, deprecated_at timestamptz,
            deprecation_noted_at timestamptz, sources jsonb, first_seen_at timestamptz, raw jsonb),
           (select ?::uuid as provider_id, ?::timestamptz as seen_at) p
    on conflict (provider_id, model_id) do update
      set name = excluded.name, description = excluded.description, capabilities = excluded.capabilities,
          context_length = excluded.context_length, max_output_tokens = excluded.max_output_tokens,
          modalities = excluded.modalities, pricing = excluded.pricing, is_free = excluded.is_free,
          deprecated_at = excluded.deprecated_at, deprecation_noted_at = excluded.deprecation_noted_at,
          sources = excluded.sources, raw = excluded.raw, missing_since = null, missed_syncs = 0`,

  missed: `
    update $schema.catalog_model m
       set missed_syncs = r.missed_syncs, missing_since = r.missing_since
      from jsonb_to_recordset(?::jsonb) as r (model_id text, missed_syncs integer, missing_since timestamptz)
     where m.provider_id = ? and m.model_id = r.model_id`,

  seen: `update $schema.catalog_model set last_seen_at = ? where provider_id = ? and missed_syncs = 0`,

  /** Long gone and chosen by nobody. */
  forget: `
    delete from $schema.catalog_model m
     where m.provider_id = ? and m.missing_since < ?::timestamptz - interval '90 days'
       and not exists (select 1 from $schema.model_selection s
                        where s.provider_id = m.provider_id and s.model_id = m.model_id)`,

  saveState: `
    update $schema.catalog_state
       set version = version + ?::integer, model_count = ?, synced_at = ?, attempted_at = ?, error = null,
           validator = ?::jsonb,
           first_synced_at = case when ?::boolean then ?::timestamptz else first_synced_at end
     where provider_id = ?`,

  /** Makes the document of the rows, unless it is of this version already. */
  saveDocument: `
    insert into $schema.catalog_document as present (provider_id, page, version, models)
    select s.provider_id, made.page, s.version, made.models
      from $schema.catalog_state s cross join lateral (${PAGES}) made
     where s.provider_id = ? and not ${IS_STORED}
    on conflict (provider_id, page) do update set version = excluded.version, models = excluded.models`,

  /** Pages that the list no longer has. */
  trimDocument: `
    delete from $schema.catalog_document d using $schema.catalog_state s
     where d.provider_id = ? and s.provider_id = d.provider_id and d.version <> s.version`,

  savePersonal: `
    update $schema.personal_catalog
       set version = version + 1, models = ?::jsonb, synced_at = ?, attempted_at = ?, error = null
     where provider_id = ? and owner = ?`,

  failState: `
    insert into $schema.catalog_state (provider_id, attempted_at, error) values (?, ?, ?)
    on conflict (provider_id) do update set attempted_at = excluded.attempted_at, error = excluded.error`,

  failPersonal: `
    insert into $schema.personal_catalog (provider_id, owner, attempted_at, error) values (?, ?, ?, ?)
    on conflict (provider_id, owner) do update set attempted_at = excluded.attempted_at, error = excluded.error`,

  record: `
    insert into $schema.catalog_sync
      (id, provider_id, started_at, finished_at, added, removed, changed, skipped, total, kept_previous, error,
       warnings, not_modified)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)`,

  changes: `
    insert into $schema.catalog_change (id, provider_id, model_id, model_name, kind, before, after, at)
    select r.id, ?::uuid, r.model_id, r.model_name, r.kind, r.before, r.after, ?::timestamptz
      from jsonb_to_recordset(?::jsonb) as r
           (id uuid, model_id text, model_name text, kind text, before jsonb, after jsonb)`,
} as const;

/** A statement with the schema of this database. */
export function inSchema({ schemaName }: { readonly schemaName: string }, statement: string): string {
  return statement.replaceAll('$schema', `"${schemaName}"`);
}
