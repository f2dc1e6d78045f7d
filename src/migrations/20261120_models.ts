import { Migration } from '@mikro-orm/migrations';

/** The state of catalogs, what changed in them, personal lists, scheduled switches and successors. */
export class Models20261120 extends Migration {
  override up(): void {
    this.addSql(`
      create table catalog_state (
        provider_id uuid primary key references provider (id) on delete cascade,
        version bigint not null default 0,
        model_count integer not null default 0,
        synced_at timestamptz,
        attempted_at timestamptz,
        error text,
        validator jsonb
      );
    `);
    this.addSql(`
      insert into catalog_state (provider_id, version, model_count, synced_at, attempted_at, error)
      select p.id, 1,
             (select count(*) from catalog_model m where m.provider_id = p.id and m.missing_since is null),
             (select max(s.finished_at) from catalog_sync s where s.provider_id = p.id and s.error is null),
             (select max(s.finished_at) from catalog_sync s where s.provider_id = p.id),
             (select s.error from catalog_sync s where s.provider_id = p.id order by s.finished_at desc limit 1)
        from provider p
       where exists (select 1 from catalog_sync s where s.provider_id = p.id);
    `);
    this.addSql(`alter table catalog_model add column sources jsonb not null default '{}'::jsonb;`);
    this.addSql(`alter table catalog_model add column deprecation_noted_at timestamptz;`);
    this.addSql(`alter table catalog_sync add column warnings jsonb not null default '[]'::jsonb;`);
    this.addSql(`alter table catalog_sync add column not_modified boolean not null default false;`);
    this.addSql(`
      create table personal_catalog (
        provider_id uuid not null references provider (id) on delete cascade,
        owner text not null,
        version bigint not null default 0,
        models jsonb not null default '[]'::jsonb,
        synced_at timestamptz,
        attempted_at timestamptz,
        error text,
        primary key (provider_id, owner)
      );
    `);
    this.addSql(`
      create table catalog_change (
        id uuid primary key,
        provider_id uuid not null references provider (id) on delete cascade,
        model_id text not null,
        model_name text not null,
        kind text not null,
        before jsonb,
        after jsonb,
        at timestamptz not null
      );
    `);
    this.addSql(`create index catalog_change_latest on catalog_change (at desc, id desc);`);
    this.addSql(`create index catalog_change_of_provider on catalog_change (provider_id, at desc, id desc);`);
    this.addSql(`
      create table scheduled_job (
        name text primary key,
        last_tick timestamptz not null,
        finished_at timestamptz,
        error text
      );
    `);
    this.addSql(`
      create table scheduled_switch (
        id uuid primary key,
        owner text,
        capability text not null,
        provider_id uuid not null references provider (id) on delete cascade,
        model_id text not null,
        display_name text not null,
        is_free boolean not null,
        is_forced boolean not null,
        activate_at timestamptz not null,
        actor text not null,
        created_at timestamptz not null,
        unique nulls not distinct (owner, capability)
      );
    `);
    this.addSql(`
      alter table model_selection
        add column successor_provider_id uuid references provider (id) on delete set null,
        add column successor_model_id text,
        add column successor_model_name text,
        add column successor_actor text;
    `);
  }
}
