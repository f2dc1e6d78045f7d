import { Migration } from '@mikro-orm/migrations';

/** Invitations: one open one per address. */
export class Invitations20261120 extends Migration {
  override up(): void {
    this.addSql(`
      create table admin_invitation (
        id uuid primary key,
        email text not null check (email = lower(email)),
        role text not null check (role in ('admin', 'superadmin')),
        hash text not null unique,
        invited_by uuid references admin_user (id) on delete cascade,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        accepted_at timestamptz,
        revoked_at timestamptz
      );
    `);
    this.addSql(`
      create unique index one_open_invitation on admin_invitation (email)
        where accepted_at is null and revoked_at is null;
    `);
  }
}
