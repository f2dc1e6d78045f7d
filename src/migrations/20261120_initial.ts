import { Migration } from '@mikro-orm/migrations';

/** Providers, keys, catalogs, selections and the ledger. Unqualified: the schema is the current one. */
export class Initial20261120 extends Migration {
  override up(): void {
    this.addSql(`
      create table provider (
        id uuid primary key,
        slug text not null unique,
        name text not null,
        display_name text not null,
        description text,
        strategy text not null,
        api_base_url text not null,
        website text,
        documentation_url text,
        logo_url text,
        env_key text,
        capabilities jsonb not null,
        config jsonb not null,
        pricing_info jsonb,
        allow_personal_keys boolean not null default true,
        allow_shared_for_normal_admins boolean not null default true,
        is_active boolean not null default true,
        is_recommended boolean not null default false,
        sort_order integer not null default 1000,
        edited_at timestamptz,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
    `);
    this.addSql(`create table removed_provider (slug text primary key, removed_at timestamptz not null);`);
    this.addSql(`
      create table key_sentinel (
        key_id text primary key,
        ciphertext text not null,
        created_at timestamptz not null
      );
    `);
    this.addSql(`
      create table provider_key (
        id uuid primary key,
        provider_id uuid not null references provider (id) on delete cascade,
        owner text,
        ciphertext text not null,
        key_id text not null,
        origin text not null,
        last4 text not null,
        fingerprint text not null,
        status text not null default 'unverified',
        reason text,
        set_at timestamptz not null,
        validated_at timestamptz,
        unique nulls not distinct (provider_id, owner)
      );
    `);
    this.addSql(`
      create table catalog_model (
        id uuid primary key,
        provider_id uuid not null references provider (id) on delete cascade,
        model_id text not null,
        name text not null,
        description text,
        capabilities text[] not null,
        context_length integer,
        max_output_tokens integer,
        modalities jsonb,
        pricing jsonb,
        is_free boolean not null default false,
        deprecated_at timestamptz,
        raw jsonb not null,
        first_seen_at timestamptz not null,
        last_seen_at timestamptz not null,
        missing_since timestamptz,
        missed_syncs integer not null default 0,
        unique (provider_id, model_id)
      );
    `);
    this.addSql(`
      create table catalog_sync (
        id uuid primary key,
        provider_id uuid not null references provider (id) on delete cascade,
        started_at timestamptz not null,
        finished_at timestamptz not null,
        added integer not null default 0,
        removed integer not null default 0,
        changed integer not null default 0,
        skipped integer not null default 0,
        total integer not null default 0,
        kept_previous boolean not null default false,
        error text
      );
    `);
    this.addSql(`create index catalog_sync_latest on catalog_sync (provider_id, finished_at desc);`);
    this.addSql(`
      create table model_selection (
        id uuid primary key,
        owner text,
        provider_id uuid not null references provider (id) on delete cascade,
        capability text not null,
        model_id text not null,
        display_name text not null,
        is_free boolean not null default false,
        is_forced boolean not null default false,
        is_active boolean not null default false,
        fallback_rank integer,
        total_requests bigint not null default 0,
        last_used_at timestamptz,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        unique nulls not distinct (owner, provider_id, capability)
      );
    `);
    this.addSql(
      `create unique index one_active_selection on model_selection (owner, capability) nulls not distinct where is_active;`,
    );
    this.addSql(`
      create table selection_event (
        id uuid primary key,
        owner text,
        capability text not null,
        actor text not null,
        action text not null,
        from_provider text,
        from_model_id text,
        from_model_name text,
        to_provider text,
        to_model_id text,
        to_model_name text,
        reason text,
        at timestamptz not null
      );
    `);
    this.addSql(`create index selection_event_latest on selection_event (capability, at desc, id desc);`);
    this.addSql(`
      create table generation (
        id uuid primary key,
        request_id text not null unique,
        admin text not null,
        token text,
        capability text not null,
        provider text not null,
        model_id text not null,
        status text not null,
        error_code text,
        stream boolean not null default false,
        prompt_tokens integer,
        completion_tokens integer,
        total_tokens integer,
        cached_tokens integer,
        reasoning_tokens integer,
        images integer,
        characters integer,
        usage_source text,
        cost_usd numeric,
        price_source text,
        latency_ms integer not null,
        first_token_ms integer,
        created_at timestamptz not null
      );
    `);
    this.addSql(`create index generation_latest on generation (created_at desc, id desc);`);
    this.addSql(`create index generation_of_admin on generation (admin, created_at desc, id desc);`);
    this.addSql(`
      create table usage_daily (
        day date not null,
        admin text not null,
        provider text not null,
        model_id text not null,
        capability text not null,
        requests integer not null default 0,
        errors integer not null default 0,
        aborted integer not null default 0,
        prompt_tokens bigint not null default 0,
        completion_tokens bigint not null default 0,
        cached_tokens bigint not null default 0,
        reasoning_tokens bigint not null default 0,
        images bigint not null default 0,
        characters bigint not null default 0,
        cost_usd numeric not null default 0,
        unpriced integer not null default 0,
        latency_ms bigint not null default 0,
        last_used_at timestamptz not null,
        primary key (day, admin, provider, model_id, capability)
      );
    `);
  }
}
