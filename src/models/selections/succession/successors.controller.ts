import { Body, Delete, Headers, HttpCode, Inject, Param, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { AdminController, ApiProblems } from '../../../core/http/index.js';
import { type Admin, CurrentAdmin } from '../../../core/identity/index.js';
import { ApiSelectionsMatch } from '../api-selections-match.js';
import { SelectionView } from '../selection.view.js';
import { SuccessorBody } from '../selections.dto.js';
import { DeclareSuccessor } from './declare-successor.command.js';

/** What takes over when a selected model is gone. Generated clients know these operations among the selections'. */
@AdminController('ai-models', 'Models')
export class SuccessorsController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Put(':id/successor')
  @ApiOperation({
    operationId: 'Selections_declareSuccessor',
    summary: 'Declare what takes over when the provider says that the model is gone',
    description:
      'Taken once, then forgotten; the history shows it. Without one generation answers 409 or takes the fallbacks.',
  })
  @ApiOkResponse({ type: SelectionView })
  @ApiProblems(
    'validation_failed',
    'not_found',
    'provider_not_registered',
    'provider_inactive',
    'operation_not_supported',
    'model_not_in_catalog',
    'model_no_capability',
    'conflict',
    'precondition_failed',
  )
  @ApiSelectionsMatch()
  declareSuccessor(
    @Param('id') id: string,
    @Body() body: SuccessorBody,
    @CurrentAdmin() admin: Admin,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<SelectionView> {
    const successor = { provider: body.provider, modelId: body.model_id };
    return this.commands.execute(new DeclareSuccessor(id, successor, admin, ifMatch));
  }

  @Delete(':id/successor')
  @HttpCode(204)
  @ApiOperation({ operationId: 'Selections_withdrawSuccessor', summary: 'Withdraw the declared successor' })
  @ApiNoContentResponse()
  @ApiProblems('not_found')
  async withdrawSuccessor(@Param('id') id: string, @CurrentAdmin() admin: Admin): Promise<void> {
    await this.commands.execute(new DeclareSuccessor(id, null, admin));
  }
}
