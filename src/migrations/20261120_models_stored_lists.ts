import { Migration } from '@mikro-orm/migrations';

/**
 * Each shared catalog as one document, made of its rows whenever they change. It counts only while its version is the
 * catalog's: a release that does not know it may run beside this one, and readers then make it of the rows themselves.
 */
export class ModelsStoredLists20261120 extends Migration {
  override up(): void {
    this.addSql(`
      create table catalog_document (
        provider_id uuid primary key references provider (id) on delete cascade,
        version bigint not null,
        models text not null
      );
    `);
    // Read far more often than written: compression would cost each reader more than the disk saves.
    this.addSql(`alter table catalog_document alter column models set storage external;`);
  }
}
