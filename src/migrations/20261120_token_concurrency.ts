import { Migration } from '@mikro-orm/migrations';

/** Tokens may have a bound of calls at once. */
export class TokenConcurrency20261120 extends Migration {
  override up(): void {
    this.addSql(`alter table api_token add column max_concurrent integer;`);
  }
}
