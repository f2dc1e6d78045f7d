import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { List } from '../core/http/index.js';
import type { Admin } from '../core/identity/index.js';
import type { GenerationView } from './queries/generation.view.js';
import { Generations, type GenerationsFilter } from './queries/generations.query.js';
import { UsageReport, type UsageRowView } from './queries/usage-report.query.js';

/** What was used, by whom, for how much. An admin sees her own, a superadmin everything. */
@Injectable()
export class Usage {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  /** Sums by day, admin, provider, model or capability, from the daily rollups. */
  report(options: UsageReport['options'], admin: Admin): Promise<List<UsageRowView>> {
    return this.queries.execute(new UsageReport(options, admin));
  }

  /** Rows of the ledger, newest first, with a cursor to the next page. */
  generations(filter: GenerationsFilter, admin: Admin): Promise<List<GenerationView>> {
    return this.queries.execute(new Generations(filter, admin));
  }
}
