import { Body, Delete, Get, Headers, HttpCode, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import {
  AdminController,
  ApiList,
  ApiProblems,
  type HeaderReply,
  type List,
  wholeList,
} from '../../core/http/index.js';
import { type Admin, CurrentAdmin, SuperadminOnly, SuperadminUnlessPersonal } from '../../core/identity/index.js';
import { ApiSelectionsMatch } from './api-selections-match.js';
import { SelectModel } from './commands/select-model.command.js';
import { RemoveSelection, RollbackSelection, SetFallbacks } from './commands/selection.commands.js';
import { CancelScheduledSwitch, ScheduleModel } from './schedule/schedule-model.command.js';
import { ScheduledSwitchViews } from './schedule/scheduled-switch.view.js';
import { SelectionHistory, SelectionEventView } from './queries/selection-history.query.js';
import { SelectedModelView, SelectionView, SelectionViews } from './selection.view.js';
import { FallbacksBody, HistoryQuery, RollbackBody, SelectionsQuery, SelectModelBody } from './selections.dto.js';

/** Which model serves which capability. */
@AdminController('ai-models', 'Models')
export class SelectionsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
    private readonly views: SelectionViews,
    private readonly scheduled: ScheduledSwitchViews,
  ) {}

  @Post('select-model')
  @SuperadminUnlessPersonal()
  @HttpCode(200)
  @ApiOperation({ summary: 'Select the one model of a provider for a capability' })
  @ApiOkResponse({ type: SelectedModelView })
  @ApiProblems(
    'validation_failed',
    'provider_not_registered',
    'provider_inactive',
    'operation_not_supported',
    'model_not_in_catalog',
    'model_no_capability',
    'no_api_key_available',
    'conflict',
    'precondition_failed',
    'upstream_auth_failed',
  )
  @ApiSelectionsMatch()
  select(
    @Body() body: SelectModelBody,
    @CurrentAdmin() admin: Admin,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<SelectedModelView> {
    const request = {
      provider: body.provider,
      capability: body.capability,
      modelId: body.model_id,
      modelName: body.model_name,
      isFree: body.is_free,
      scope: body.scope,
      activate: body.activate,
      verify: body.verify,
      force: body.force,
      ifMatch,
    };
    return this.commands.execute(
      body.activate_at === undefined
        ? new SelectModel(request, admin)
        : new ScheduleModel(request, new Date(body.activate_at), admin),
    );
  }

  @Get()
  @ApiOperation({ summary: 'The selections: shared ones and your own' })
  @ApiList(SelectionView)
  @ApiProblems('provider_not_registered')
  async list(
    @Query() query: SelectionsQuery,
    @CurrentAdmin() admin: Admin,
    @Res({ passthrough: true }) reply: HeaderReply,
  ): Promise<List<SelectionView>> {
    const { views, tag } = await this.views.list(admin, query);
    reply.header('etag', tag);
    return wholeList(views);
  }

  @Get('scheduled')
  @ApiOperation({ summary: 'Switches that wait for their time' })
  @ApiList(SelectedModelView)
  async scheduledSwitches(@CurrentAdmin() admin: Admin): Promise<List<SelectedModelView>> {
    return wholeList(await this.scheduled.list(admin));
  }

  @Delete('scheduled/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Call a scheduled switch off' })
  @ApiNoContentResponse()
  @ApiProblems('not_found')
  async cancel(@Param('id') id: string, @CurrentAdmin() admin: Admin): Promise<void> {
    await this.commands.execute(new CancelScheduledSwitch(id, admin));
  }

  @Get('history')
  @ApiOperation({ summary: 'Who switched what, when' })
  @ApiList(SelectionEventView)
  @ApiProblems('validation_failed')
  history(@Query() query: HistoryQuery, @CurrentAdmin() admin: Admin): Promise<List<SelectionEventView>> {
    return this.queries.execute(new SelectionHistory(admin.id, query.capability, query.cursor, query.limit ?? 50));
  }

  @Post('rollback')
  @SuperadminUnlessPersonal()
  @HttpCode(200)
  @ApiOperation({ summary: 'Back to what served the capability before' })
  @ApiOkResponse({ type: SelectedModelView })
  @ApiProblems('validation_failed', 'conflict', 'precondition_failed')
  @ApiSelectionsMatch()
  rollback(
    @Body() body: RollbackBody,
    @CurrentAdmin() admin: Admin,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<SelectedModelView> {
    return this.commands.execute(new RollbackSelection(body.capability, body.scope ?? 'shared', admin, ifMatch));
  }

  @Put('fallbacks')
  @SuperadminOnly()
  @ApiOperation({ summary: 'Declare the ordered stand-ins of a capability' })
  @ApiList(SelectionView)
  @ApiProblems('validation_failed', 'precondition_failed')
  @ApiSelectionsMatch()
  async fallbacks(
    @Body() body: FallbacksBody,
    @CurrentAdmin() admin: Admin,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<List<SelectionView>> {
    return wholeList(
      await this.commands.execute(new SetFallbacks(body.capability, body.selection_ids, admin, ifMatch)),
    );
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Forget a selection' })
  @ApiNoContentResponse()
  @ApiProblems('not_found')
  async remove(@Param('id') id: string, @CurrentAdmin() admin: Admin): Promise<void> {
    await this.commands.execute(new RemoveSelection(id, admin));
  }
}
