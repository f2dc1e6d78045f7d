import { Migration } from '@mikro-orm/migrations';

/** Stored pictures and sounds. Unqualified: the schema is the current one. */
export class Media20261120 extends Migration {
  override up(): void {
    this.addSql(`
      create table media (
        id uuid primary key,
        owner text not null,
        kind text not null,
        mime text not null,
        bytes integer not null,
        width integer,
        height integer,
        storage_key text not null unique,
        sha256 text not null,
        created_at timestamptz not null
      );
    `);
    this.addSql(`create index media_of_owner on media (owner, created_at desc, id desc);`);
  }
}
