import { Migration } from '@mikro-orm/migrations';

/** Stored lists in pages. They are copies: what is dropped here is made anew of the rows by the next sync. */
export class ModelsStoredPages20261120 extends Migration {
  override up(): void {
    this.addSql(`delete from catalog_document;`);
    this.addSql(`alter table catalog_document drop constraint catalog_document_pkey;`);
    this.addSql(`alter table catalog_document add column page integer not null;`);
    this.addSql(`alter table catalog_document add primary key (provider_id, page);`);
  }
}
