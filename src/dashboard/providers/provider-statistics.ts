import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../core/database/index.js';
import type { ProviderStatsView } from './provider.view.js';

/** How much every provider was used, in one query over the rollups. */
@Injectable()
export class ProviderStatistics {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** By slug; providers that were never used are not in it. */
  async all(): Promise<ReadonlyMap<string, ProviderStatsView>> {
    const rows: { provider: string; requests: string; last_used_at: Date | string }[] = await this.database
      .em()
      .execute(
        `select provider, sum(requests) as requests, max(last_used_at) as last_used_at
           from "${this.database.schemaName}".usage_daily group by provider`,
      );
    return new Map(
      rows.map((row) => [
        row.provider,
        { total_requests: Number(row.requests), last_used_at: new Date(row.last_used_at).toISOString() },
      ]),
    );
  }
}
