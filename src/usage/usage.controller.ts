import { Get, Inject, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import {
  AdminController,
  ApiList,
  ApiProblems,
  ChoiceField,
  type List,
  PageQuery,
  TextField,
} from '../core/http/index.js';
import { type Admin, CurrentAdmin } from '../core/identity/index.js';
import { Clock } from '../core/time/index.js';
import { CAPABILITY_NAMES, type Capability } from '../providers/index.js';
import { GenerationView } from './queries/generation.view.js';
import { Generations } from './queries/generations.query.js';
import { USAGE_GROUPS, type UsageGroup, UsageReport, UsageRowView } from './queries/usage-report.query.js';

const DAY = {
  max: 10,
  pattern: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  patternMessage: 'must be a day like 2026-11-20',
};
const TIME = {
  max: 40,
  pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$/,
  patternMessage: 'must be a time like 2026-11-20T00:00:00Z',
};

class UsageQuery {
  @TextField({ ...DAY, optional: true, description: 'First day, UTC. Default: the first of this month.' })
  from?: string;
  @TextField({ ...DAY, optional: true, description: 'Last day, inclusive. Default: today.' }) to?: string;
  @ChoiceField(Object.keys(USAGE_GROUPS), { optional: true, default: 'day' }) group_by?: UsageGroup;
}

class GenerationsQuery extends PageQuery {
  @ChoiceField(CAPABILITY_NAMES, { optional: true }) capability?: Capability;
  @TextField({ max: 100, optional: true }) provider?: string;
  @TextField({ max: 300, optional: true }) model_id?: string;
  @ChoiceField(['ok', 'error', 'aborted'], { optional: true }) status?: string;
  @TextField({ max: 200, optional: true, description: 'Superadmins: the rows of one admin.' }) admin_id?: string;
  @TextField({ ...TIME, optional: true, description: 'Not before.' }) from?: string;
  @TextField({ ...TIME, optional: true, description: 'Before.' }) to?: string;
}

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
    const today = this.clock.now().toISOString().slice(0, 10);
    const { from = `${today.slice(0, 7)}-01`, to = today, group_by: groupBy = 'day' } = query;
    return this.queries.execute(new UsageReport({ from, to, groupBy }, admin));
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
