import { Get, HttpCode, Inject, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiProperty } from '@nestjs/swagger';
import { AdminController, ApiProblems } from '../../core/http/index.js';
import { type Admin, CurrentAdmin, SuperadminOnly } from '../../core/identity/index.js';
import { ClearCaches } from './clear-caches.command.js';
import { Overview } from './overview.query.js';
import { OverviewCapabilityView, OverviewSelectionView, OverviewUsageView, OverviewView } from './overview.view.js';

class ClearedView {
  @ApiProperty({ type: [String], description: 'What was read anew.', example: ['catalogs'] }) cleared!: string[];
}

/** The first page of the panel. */
@AdminController('ai/dashboard', 'Dashboard')
@ApiExtraModels(OverviewCapabilityView, OverviewSelectionView, OverviewUsageView)
export class OverviewController {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  @Get('overview')
  @ApiOperation({ summary: 'Providers, selections, usage and warnings in one answer' })
  @ApiOkResponse({ type: OverviewView })
  @ApiProblems()
  overview(@CurrentAdmin() admin: Admin): Promise<OverviewView> {
    return this.queries.execute(new Overview(admin));
  }

  @Post('cache/clear')
  @SuperadminOnly()
  @HttpCode(200)
  @ApiOperation({ summary: 'Forget what is cached; the last good catalogs in the database stay' })
  @ApiOkResponse({ type: ClearedView })
  @ApiProblems('service_unavailable')
  async clear(@CurrentAdmin() admin: Admin): Promise<ClearedView> {
    return { cleared: [...(await this.commands.execute(new ClearCaches(admin)))] };
  }
}
