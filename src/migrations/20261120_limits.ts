import { Migration } from '@mikro-orm/migrations';

/** Several keys per provider and owner, settings per admin and provider, limits, audit. */
export class Limits20261120 extends Migration {
  override up(): void {
    this.addSql(`alter table provider_key add column label text not null default 'primary';`);
    this.addSql(`alter table provider_key add column weight integer not null default 1;`);
    this.addSql(`alter table provider_key drop constraint provider_key_provider_id_owner_key;`);
    this.addSql(
      `alter table provider_key add constraint one_key_per_label unique nulls not distinct (provider_id, owner, label);`,
    );
    this.addSql(`
      create table provider_setting (
        id uuid primary key,
        admin text not null,
        provider_id uuid not null references provider (id) on delete cascade,
        use_shared_api boolean not null default true,
        is_active boolean not null default true,
        monthly_limit integer,
        monthly_budget_usd numeric,
        unknown_price text not null default 'refuse',
        unknown_price_ceiling_usd numeric,
        updated_at timestamptz not null,
        unique (admin, provider_id)
      );
    `);
    // A row per admin and provider (token ''), and one per token (admin and provider '').
    this.addSql(`
      create table usage_counter (
        admin text not null,
        provider text not null,
        token text not null default '',
        month date not null,
        requests bigint not null default 0,
        cost_usd numeric not null default 0,
        reserved_requests bigint not null default 0,
        reserved_usd numeric not null default 0,
        primary key (admin, provider, token, month)
      );
    `);
    this.addSql(`
      create table usage_reservation (
        id uuid primary key,
        request_id text not null,
        admin text not null,
        token text,
        provider text not null,
        capability text not null,
        model_id text not null,
        selection_id uuid,
        stream boolean not null,
        month date not null,
        usd numeric not null,
        price_source text,
        usage jsonb not null,
        created_at timestamptz not null,
        expires_at timestamptz not null
      );
    `);
    this.addSql(`create index usage_reservation_expiry on usage_reservation (expires_at);`);
    this.addSql(`create index generation_of_model on generation (provider, model_id, id desc);`);
    this.addSql(`
      create table audit_event (
        id uuid primary key,
        at timestamptz not null,
        actor text,
        actor_name text,
        token text,
        action text not null,
        target text,
        outcome text not null,
        code text,
        before jsonb,
        after jsonb,
        ip text,
        request_id text
      );
    `);
    this.addSql(`create index audit_event_of_actor on audit_event (actor, id desc);`);
  }
}
