import { Body, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiProperty } from '@nestjs/swagger';
import {
  AdminController,
  ApiList,
  ApiProblems,
  BooleanField,
  ChoiceField,
  FromQuery,
  isRealTime,
  type List,
  NumberField,
  PageQuery,
  TextField,
} from '../../core/http/index.js';
import { type Admin, CurrentAdmin, SuperadminOnly } from '../../core/identity/index.js';
import { CAPABILITY_NAMES, type Capability } from '../../providers/index.js';
import { CatalogChanges, CatalogChangeView } from './drift/catalog-changes.query.js';
import { CHANGE_KINDS, type ChangeKind } from './intake/catalog-change.js';
import { BrowseModels } from './browse-models.query.js';
import { BrowseModelsView } from './browse-models.view.js';
import { SyncModels } from './sync-models.command.js';

class BrowseQuery {
  @TextField({ max: 100, example: 'openrouter' }) provider!: string;
  @ChoiceField(CAPABILITY_NAMES) capability!: Capability;
  @TextField({ max: 200, optional: true, min: 0, description: 'Part of an id or name.' }) q?: string;
  @FromQuery.boolean() @BooleanField({ optional: true }) free?: boolean;
  @FromQuery.number()
  @NumberField({
    min: 1,
    max: 365,
    optional: true,
    description: 'Only models that joined the list within so many days. The provider’s first list is not new.',
  })
  new_within_days?: number;
  @TextField({ max: 500, optional: true }) cursor?: string;
  @FromQuery.number() @NumberField({ min: 1, max: 1000, optional: true, default: 1000 }) limit?: number;
}

class ChangesQuery extends PageQuery {
  @TextField({ max: 100, optional: true }) provider?: string;
  @TextField({
    optional: true,
    max: 40,
    pattern: /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d))?$/,
    patternMessage: 'must be a day like 2026-11-20 or a time like 2026-11-20T00:00:00Z',
    accepts: isRealTime,
    description: 'Not before.',
  })
  since?: string;
  @ChoiceField(CHANGE_KINDS, { optional: true }) change?: ChangeKind;
}

class SyncBody {
  @TextField({ max: 100, optional: true }) provider?: string;
  @ChoiceField(CAPABILITY_NAMES, { optional: true }) capability?: Capability;
  @BooleanField({ optional: true, default: false }) dry_run?: boolean;
  @BooleanField({
    optional: true,
    default: false,
    description: 'The list is true although it shrank or its prices leapt: take it.',
  })
  accept?: boolean;
}

class SyncResultView {
  @ApiProperty() provider!: string;
  @ApiProperty({ type: 'integer' }) added!: number;
  @ApiProperty({ type: 'integer' }) removed!: number;
  @ApiProperty({ type: 'integer' }) changed!: number;
  @ApiProperty({ type: 'integer', description: 'Rows that could not be understood.' }) skipped!: number;
  @ApiProperty({ type: 'integer' }) total!: number;
  @ApiProperty({ description: 'The new list was not good enough; the one before stays.' }) kept_previous!: boolean;
  @ApiProperty({ description: 'The provider says that nothing changed since last time.' }) not_modified!: boolean;
  @ApiProperty({ type: String, nullable: true }) error!: string | null;
  @ApiProperty({ type: [String], description: 'What was wrong with single rows.' }) warnings!: string[];
}

class SyncReportView {
  @ApiProperty({ type: [SyncResultView] }) results!: SyncResultView[];
  @ApiProperty() dry_run!: boolean;
}

/** What providers offer. */
@AdminController('ai-models', 'Models')
export class CatalogController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
  ) {}

  @Get('browse-models')
  @ApiOperation({ summary: 'Browse a provider’s live catalog' })
  @ApiOkResponse({ type: BrowseModelsView })
  @ApiProblems('validation_failed', 'provider_not_registered')
  browse(@Query() query: BrowseQuery, @CurrentAdmin() admin: Admin): Promise<BrowseModelsView> {
    const { provider, capability, q, free, new_within_days: newWithinDays, cursor, limit = 1000 } = query;
    return this.queries.execute(
      new BrowseModels({ provider, capability, q, free, newWithinDays, cursor, limit }, admin),
    );
  }

  @Get('changes')
  @ApiOperation({
    summary: 'What changed in catalogs, the latest first',
    description:
      'New and gone models, moved prices and context lengths, announced ends. A provider’s first list is no change.',
  })
  @ApiList(CatalogChangeView)
  @ApiProblems('validation_failed', 'provider_not_registered')
  changes(@Query() query: ChangesQuery): Promise<List<CatalogChangeView>> {
    const { provider, since, change, cursor, limit = 50 } = query;
    return this.queries.execute(new CatalogChanges({ provider, since, change, cursor, limit }));
  }

  @Post('sync')
  @SuperadminOnly()
  @HttpCode(200)
  @ApiOperation({ summary: 'Ask providers for their lists now' })
  @ApiOkResponse({ type: SyncReportView })
  @ApiProblems('validation_failed', 'provider_not_registered', 'operation_not_supported')
  async sync(@Body() body: SyncBody, @CurrentAdmin() admin: Admin): Promise<SyncReportView> {
    const dryRun = body.dry_run === true;
    const results = await this.commands.execute(
      new SyncModels({ provider: body.provider, capability: body.capability, dryRun, accept: body.accept }, admin),
    );
    return {
      results: results.map((result) => ({
        provider: result.provider,
        added: result.added,
        removed: result.removed,
        changed: result.changed,
        skipped: result.skipped,
        total: result.total,
        kept_previous: result.keptPrevious,
        not_modified: result.notModified,
        error: result.error,
        warnings: [...result.warnings],
      })),
      dry_run: dryRun,
    };
  }
}
