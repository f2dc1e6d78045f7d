import { Get, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiQuery } from '@nestjs/swagger';
import { SwitchboardError } from '../../core/errors/index.js';
import { type HttpRequest, pathOf } from '../../core/http/index.js';
import { type Admin, CurrentAdmin } from '../../core/identity/index.js';
import { GatewayModels, type ModelView } from '../gateway/gateway-models.js';
import { GatewayController } from './gateway-controller.decorator.js';
import { ApiOpenAiErrors } from './openai-error.schema.js';

/** `GET /v1/models`: what a caller may name as `model`. */
@GatewayController()
export class OpenAiModelsController {
  constructor(private readonly models: GatewayModels) {}

  @Get('models')
  @ApiOperation({
    summary: 'The models a caller may name',
    description:
      'Capabilities with an active model first, then the caller’s selections as `provider/model_id`; with `?all=true` the catalogs of all providers she may use.',
  })
  @ApiQuery({ name: 'all', required: false, enum: ['true', 'false'] })
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  @ApiOpenAiErrors()
  async list(@CurrentAdmin() admin: Admin, @Query('all') all?: string): Promise<{ object: 'list'; data: ModelView[] }> {
    return { object: 'list', data: await this.models.visibleTo(admin, all === 'true') };
  }

  @Get('models/*')
  @ApiOperation({ summary: 'One model; its id may hold slashes' })
  @ApiParam({ name: 'id', type: String, example: 'openrouter/google/gemini-2.5-flash' })
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  @ApiOpenAiErrors()
  async one(@Req() request: HttpRequest, @CurrentAdmin() admin: Admin): Promise<ModelView> {
    const path = pathOf(request);
    const id = decoded(path.slice(path.indexOf('/v1/models/') + '/v1/models/'.length).replace(/\/+$/, ''));
    const found = (await this.models.visibleTo(admin, true)).find((model) => model.id === id);
    if (found !== undefined) return found;
    throw new SwitchboardError('model_unavailable', `There is no model ${JSON.stringify(id.slice(0, 200))} for you.`, {
      retry: 'never',
    });
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
