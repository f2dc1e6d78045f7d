import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Database } from '../../core/database/index.js';
import { type List, wholeList } from '../../core/http/index.js';
import type { Admin } from '../../core/identity/index.js';

/** The columns a report may be grouped by, with what they are in the rollup. */
export const USAGE_GROUPS = {
  day: 'day::text',
  admin: 'admin',
  provider: 'provider',
  model: `provider || '/' || model_id`,
  capability: 'capability',
} as const;

export type UsageGroup = keyof typeof USAGE_GROUPS;

export class UsageRowView {
  @ApiProperty({ description: 'The day, admin, provider, model or capability that the row sums up.' }) group!: string;
  @ApiProperty({ type: 'integer' }) requests!: number;
  @ApiProperty({ type: 'integer' }) errors!: number;
  @ApiProperty({ type: 'integer' }) aborted!: number;
  @ApiProperty({ type: 'integer' }) prompt_tokens!: number;
  @ApiProperty({ type: 'integer' }) completion_tokens!: number;
  @ApiProperty({ type: 'integer' }) cached_tokens!: number;
  @ApiProperty({ type: 'integer' }) reasoning_tokens!: number;
  @ApiProperty({ type: 'integer' }) images!: number;
  @ApiProperty({ type: 'integer' }) characters!: number;
  @ApiProperty({ description: 'Sum of the known costs.', example: '1.25' }) cost_usd!: string;
  @ApiProperty({ type: 'integer', description: 'Requests whose cost is not known, so not in cost_usd.' })
  unpriced!: number;
  @ApiProperty({ type: 'integer', nullable: true }) average_latency_ms!: number | null;
}

/** Sums of the daily rollups; never a scan of the ledger. */
export class UsageReport extends Query<List<UsageRowView>> {
  constructor(
    readonly options: {
      /** First day, `YYYY-MM-DD` UTC. */
      readonly from: string;
      /** Last day, inclusive. */
      readonly to: string;
      readonly groupBy: UsageGroup;
    },
    readonly admin: Admin,
  ) {
    super();
  }
}

@QueryHandler(UsageReport)
export class UsageReportHandler implements IQueryHandler<UsageReport> {
  constructor(@Inject(Database) private readonly database: Database) {}

  async execute({ options, admin }: UsageReport): Promise<List<UsageRowView>> {
    const everyone = admin.role === 'superadmin';
    const rows: Record<string, string>[] = await this.database.em().execute(
      `select ${USAGE_GROUPS[options.groupBy]} as "group", sum(requests) as requests, sum(errors) as errors,
              sum(aborted) as aborted, sum(prompt_tokens) as prompt_tokens, sum(completion_tokens) as completion_tokens,
              sum(cached_tokens) as cached_tokens, sum(reasoning_tokens) as reasoning_tokens, sum(images) as images,
              sum(characters) as characters, sum(cost_usd)::text as cost_usd, sum(unpriced) as unpriced,
              sum(latency_ms) as latency_ms
         from "${this.database.schemaName}".usage_daily
        where day between ?::date and ?::date ${everyone ? '' : 'and admin = ?'}
        group by 1 order by 1 limit 5000`,
      [options.from, options.to, ...(everyone ? [] : [admin.id])],
    );
    return wholeList(rows.map(toView));
  }
}

function toView(row: Record<string, string>): UsageRowView {
  const number = (name: string) => Number(row[name] ?? 0);
  return {
    group: row['group'] ?? '',
    requests: number('requests'),
    errors: number('errors'),
    aborted: number('aborted'),
    prompt_tokens: number('prompt_tokens'),
    completion_tokens: number('completion_tokens'),
    cached_tokens: number('cached_tokens'),
    reasoning_tokens: number('reasoning_tokens'),
    images: number('images'),
    characters: number('characters'),
    cost_usd: row['cost_usd'] ?? '0',
    unpriced: number('unpriced'),
    average_latency_ms: number('requests') === 0 ? null : Math.round(number('latency_ms') / number('requests')),
  };
}
