import { applyDecorators, Get, Inject, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiProduces, ApiResponse } from '@nestjs/swagger';
import { AdminController, ApiProblems, type HttpReply } from '../../core/http/index.js';
import { type Admin, CurrentAdmin } from '../../core/identity/index.js';
import { Clock } from '../../core/time/index.js';
import type { GenerationView } from '../queries/generation.view.js';
import { Generations } from '../queries/generations.query.js';
import { UsageReport } from '../queries/usage-report.query.js';
import { GenerationsExportQuery, reportOptions, UsageExportQuery } from '../usage.dto.js';
import { writeRows } from './row-writer.js';

const PAGE = 1_000;

const USAGE_COLUMNS = [
  'group',
  ...['requests', 'errors', 'aborted', 'prompt_tokens', 'completion_tokens', 'cached_tokens', 'reasoning_tokens'],
  ...['images', 'characters', 'cost_usd', 'unpriced', 'average_latency_ms'],
];
const LEDGER_COLUMNS = [
  ...['request_id', 'created_at', 'admin', 'token', 'capability', 'provider', 'model_id', 'status', 'error_code'],
  ...['stream', 'usage_prompt_tokens', 'usage_completion_tokens', 'usage_total_tokens', 'usage_cached_tokens'],
  ...['usage_reasoning_tokens', 'usage_images', 'usage_characters', 'usage_source', 'cost_usd', 'price_source'],
  ...['latency_ms', 'first_token_ms'],
];

const ApiFile = () =>
  applyDecorators(
    ApiProduces('text/csv', 'application/json'),
    ApiResponse({
      status: 200,
      description: 'A file.',
      content: {
        'text/csv': { schema: { type: 'string' } },
        'application/json': { schema: { type: 'array', items: { type: 'object' } } },
      },
    }),
  );

/** The ledger and the usage as files: an admin her own rows, a superadmin all. */
@AdminController('ai', 'Usage')
export class ExportController {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @Get('usage/export')
  @ApiOperation({ summary: 'Usage as a CSV or JSON file, safe to open in a spreadsheet' })
  @ApiFile()
  @ApiProblems('validation_failed')
  async usage(@Query() query: UsageExportQuery, @CurrentAdmin() admin: Admin, @Res() reply: HttpReply): Promise<void> {
    const { data } = await this.queries.execute(new UsageReport(reportOptions(query, this.clock.now()), admin));
    await writeRows(reply, iterate(data), USAGE_COLUMNS, { format: query.format ?? 'csv', name: 'usage' });
  }

  @Get('generations/export')
  @ApiOperation({ summary: 'The ledger as a CSV or JSON file, safe to open in a spreadsheet; newest first' })
  @ApiFile()
  @ApiProblems('validation_failed')
  async generations(
    @Query() query: GenerationsExportQuery,
    @CurrentAdmin() admin: Admin,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const rows = this.pages(query, admin);
    await writeRows(reply, rows, LEDGER_COLUMNS, { format: query.format ?? 'csv', name: 'generations' });
  }

  private async *pages(query: GenerationsExportQuery, admin: Admin): AsyncGenerator<GenerationView> {
    const { capability, provider, model_id: modelId, status, admin_id: adminId, from, to } = query;
    const filter = { capability, provider, modelId, status, adminId, from, to, limit: PAGE, isCounted: false };
    let cursor: string | undefined;
    do {
      const page = await this.queries.execute(new Generations({ ...filter, cursor }, admin));
      yield* page.data;
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
  }
}

async function* iterate<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows;
}
