import { Get, Inject, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { AdminController, ApiList, ApiProblems, type List } from '../core/http/index.js';
import { type Admin, CurrentAdmin } from '../core/identity/index.js';
import { Clock } from '../core/time/index.js';
import { GenerationView } from './queries/generation.view.js';
import { Generations } from './queries/generations.query.js';
import { UsageReport, UsageRowView } from './queries/usage-report.query.js';
import { GenerationsQuery, reportOptions, UsageQuery } from './usage.dto.js';

/** What was used, by whom, for how much. */
@AdminController('ai', 'Usage')
export class UsageController {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @Get('usage')
  @ApiOperation({ summary: 'Usage by day, admin, provider, model or capability' })
  @ApiList(UsageRowView)
  @ApiProblems('validation_failed')
  usage(@Query() query: UsageQuery, @CurrentAdmin() admin: Admin): Promise<List<UsageRowView>> {
    return this.queries.execute(new UsageReport(reportOptions(query, this.clock.now()), admin));
  }

  @Get('generations')
  @ApiOperation({ summary: 'The ledger: one row per generation' })
  @ApiList(GenerationView)
  @ApiProblems('validation_failed')
  generations(@Query() query: GenerationsQuery, @CurrentAdmin() admin: Admin): Promise<List<GenerationView>> {
    const { capability, provider, model_id: modelId, status, admin_id: adminId, from, to, cursor, limit = 50 } = query;
    return this.queries.execute(
      new Generations({ capability, provider, modelId, status, adminId, from, to, cursor, limit }, admin),
    );
  }
}
