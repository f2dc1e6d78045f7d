import { Migration } from '@mikro-orm/migrations';

/**
 * People, their sessions, second factors and tokens. The `admin_*` tables are what better-auth's `getMigrations()`
 * printed for our options, in our names, plus `role` and `suspended_at`. Unqualified: the schema is the current one.
 */
export class Accounts20261120 extends Migration {
  override up(): void {
    this.addSql(`
      create table admin_user (
        id uuid primary key,
        name text not null,
        email text not null unique check (email = lower(email)),
        email_verified boolean not null default false,
        image text,
        role text not null default 'admin' check (role in ('admin', 'superadmin')),
        suspended_at timestamptz,
        two_factor_enabled boolean default false,
        created_at timestamptz not null default current_timestamp,
        updated_at timestamptz not null default current_timestamp
      );
    `);
    this.addSql(`
      create table admin_session (
        id uuid primary key,
        token text not null unique,
        user_id uuid not null references admin_user (id) on delete cascade,
        ip_address text,
        user_agent text,
        expires_at timestamptz not null,
        created_at timestamptz not null default current_timestamp,
        updated_at timestamptz not null default current_timestamp
      );
    `);
    this.addSql(`create index admin_session_of_user on admin_session (user_id);`);
    this.addSql(`
      create table admin_account (
        id uuid primary key,
        account_id text not null,
        provider_id text not null,
        user_id uuid not null references admin_user (id) on delete cascade,
        access_token text,
        refresh_token text,
        id_token text,
        access_token_expires_at timestamptz,
        refresh_token_expires_at timestamptz,
        scope text,
        password text,
        created_at timestamptz not null default current_timestamp,
        updated_at timestamptz not null default current_timestamp,
        unique (user_id, provider_id)
      );
    `);
    this.addSql(`
      create table admin_verification (
        id uuid primary key,
        identifier text not null,
        value text not null,
        expires_at timestamptz not null,
        created_at timestamptz not null default current_timestamp,
        updated_at timestamptz not null default current_timestamp
      );
    `);
    this.addSql(`create index admin_verification_by_identifier on admin_verification (identifier);`);
    this.addSql(`
      create table admin_two_factor (
        id uuid primary key,
        secret text not null,
        backup_codes text not null,
        user_id uuid not null references admin_user (id) on delete cascade,
        verified boolean default true,
        failed_verification_count integer default 0,
        locked_until timestamptz
      );
    `);
    this.addSql(`create index admin_two_factor_of_user on admin_two_factor (user_id);`);
    this.addSql(`
      create table sign_in_attempt (
        bucket text primary key,
        attempts integer not null,
        ends_at timestamptz not null
      );
    `);
    this.addSql(`create index sign_in_attempt_ended on sign_in_attempt (ends_at);`);
    this.addSql(`
      create table api_token (
        id uuid primary key,
        admin_id uuid references admin_user (id) on delete cascade,
        name text not null,
        hash text not null unique,
        prefix text not null,
        scopes text[] not null,
        capabilities text[],
        providers text[],
        expires_at timestamptz,
        last_used_at timestamptz,
        revoked_at timestamptz,
        created_at timestamptz not null
      );
    `);
    this.addSql(`create index api_token_of_admin on api_token (admin_id);`);
  }
}
