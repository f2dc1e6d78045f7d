import { Migration } from '@mikro-orm/migrations';

/** Tokens may have a monthly limit and budget of their own. */
export class TokenLimits20261120 extends Migration {
  override up(): void {
    this.addSql(`alter table api_token add column monthly_limit integer;`);
    this.addSql(`alter table api_token add column monthly_budget_usd numeric;`);
  }
}
