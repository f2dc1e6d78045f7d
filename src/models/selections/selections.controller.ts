import { Body, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import {
  AdminController,
  ApiList,
  ApiProblems,
  BooleanField,
  ChoiceField,
  type List,
  PageQuery,
  TextField,
  TextListField,
  wholeList,
} from '../../core/http/index.js';
import { type Admin, CurrentAdmin, SuperadminOnly, SuperadminUnlessPersonal } from '../../core/identity/index.js';
import { CAPABILITY_NAMES, type Capability } from '../../providers/index.js';
import { SelectModel } from './commands/select-model.command.js';
import { RemoveSelection, RollbackSelection, SetFallbacks } from './commands/selection.commands.js';
import { SelectionHistory, SelectionEventView } from './queries/selection-history.query.js';
import { SelectedModelView, SelectionView, SelectionViews } from './selection.view.js';

class SelectModelBody {
  @TextField({ max: 100, example: 'openrouter' }) provider!: string;
  @ChoiceField(CAPABILITY_NAMES) capability!: Capability;
  @TextField({ max: 300, example: 'openai/gpt-5.6-luna' }) model_id!: string;
  @TextField({ max: 300, optional: true, description: 'Shown instead of the catalog’s name.' }) model_name?: string;
  @BooleanField({ optional: true }) is_free?: boolean;
  @ChoiceField(['shared', 'personal'], {
    optional: true,
    default: 'shared',
    description: 'personal: your own override, for you alone.',
  })
  scope?: 'shared' | 'personal';
  @BooleanField({ optional: true, default: true, description: 'Let it serve the capability at once.' })
  activate?: boolean;
  @BooleanField({
    optional: true,
    default: false,
    description: 'One real minimal call first; nothing changes if it fails.',
  })
  verify?: boolean;
  @BooleanField({ optional: true, default: false, description: 'Take a model that the catalog does not list.' })
  force?: boolean;
}

class SelectionsQuery {
  @TextField({ max: 100, optional: true }) provider?: string;
  @ChoiceField(CAPABILITY_NAMES, { optional: true }) capability?: Capability;
}

class HistoryQuery extends PageQuery {
  @ChoiceField(CAPABILITY_NAMES, { optional: true }) capability?: Capability;
}

class RollbackBody {
  @ChoiceField(CAPABILITY_NAMES) capability!: Capability;
  @ChoiceField(['shared', 'personal'], { optional: true, default: 'shared' }) scope?: 'shared' | 'personal';
}

class FallbacksBody {
  @ChoiceField(CAPABILITY_NAMES) capability!: Capability;
  @TextListField({ description: 'Selection ids in the order in which they stand in; [] for none.' })
  selection_ids!: string[];
}

/** Which model serves which capability. */
@AdminController('ai-models', 'Models')
export class SelectionsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
    private readonly views: SelectionViews,
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
    'upstream_auth_failed',
  )
  select(@Body() body: SelectModelBody, @CurrentAdmin() admin: Admin): Promise<SelectedModelView> {
    return this.commands.execute(
      new SelectModel(
        {
          provider: body.provider,
          capability: body.capability,
          modelId: body.model_id,
          modelName: body.model_name,
          isFree: body.is_free,
          scope: body.scope,
          activate: body.activate,
          verify: body.verify,
          force: body.force,
        },
        admin,
      ),
    );
  }

  @Get()
  @ApiOperation({ summary: 'The selections: shared ones and your own' })
  @ApiList(SelectionView)
  @ApiProblems('provider_not_registered')
  async list(@Query() query: SelectionsQuery, @CurrentAdmin() admin: Admin): Promise<List<SelectionView>> {
    return wholeList(await this.views.list(admin, query));
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
  @ApiProblems('validation_failed', 'conflict')
  rollback(@Body() body: RollbackBody, @CurrentAdmin() admin: Admin): Promise<SelectedModelView> {
    return this.commands.execute(new RollbackSelection(body.capability, body.scope ?? 'shared', admin));
  }

  @Put('fallbacks')
  @SuperadminOnly()
  @ApiOperation({ summary: 'Declare the ordered stand-ins of a capability' })
  @ApiList(SelectionView)
  @ApiProblems('validation_failed')
  async fallbacks(@Body() body: FallbacksBody, @CurrentAdmin() admin: Admin): Promise<List<SelectionView>> {
    return wholeList(await this.commands.execute(new SetFallbacks(body.capability, body.selection_ids, admin)));
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
