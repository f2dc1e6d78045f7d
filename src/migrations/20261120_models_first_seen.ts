import { Migration } from '@mikro-orm/migrations';

/** When a provider's first good list came: what joined later is new for a while. */
export class ModelsFirstSeen20261120 extends Migration {
  override up(): void {
    this.addSql(`alter table catalog_state add column first_synced_at timestamptz;`);
    this.addSql(`
      update catalog_state s
         set first_synced_at = (select min(m.first_seen_at) from catalog_model m where m.provider_id = s.provider_id);
    `);
  }
}
