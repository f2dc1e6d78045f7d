import { HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiProduces, ApiResponse } from '@nestjs/swagger';
import type { HttpReply, HttpRequest } from '../../core/http/index.js';
import { thinkingTokensOf } from '../asked-effort.js';
import { Gateway } from '../gateway/gateway.js';
import { readModelName } from '../gateway/model-name.js';
import { promptTokensOf } from '../gateway/prompt-size.js';
import { RequestBody } from '../gateway/request-body.js';
import { flagOf } from '../gateway/request-flags.js';
import { TranslatedChat } from '../gateway/translated-chat.js';
import { GatewayController } from './gateway-controller.decorator.js';
import { ApiOpenAiErrors } from './openai-error.schema.js';
import { ResponsesFormat } from './responses-format.js';
import { readResponsesRequest } from './responses-request.js';

/** `POST /v1/responses`: the stateless core of the Responses API, whatever model serves it. */
@GatewayController()
export class ResponsesController {
  constructor(
    private readonly gateway: Gateway,
    private readonly translated: TranslatedChat,
  ) {}

  @Post('responses')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Responses, their stateless core',
    description:
      'Text, pictures, functions, structured output and streams. `previous_response_id`, `conversation`, `prompt`, `background` and tools that OpenAI’s servers run are refused; nothing is stored.',
  })
  @ApiBody({ schema: { type: 'object', required: ['model', 'input'], additionalProperties: true } })
  @ApiProduces('application/json', 'text/event-stream')
  @ApiResponse({
    status: 200,
    content: {
      'application/json': { schema: { type: 'object', additionalProperties: true } },
      'text/event-stream': { schema: { type: 'string' } },
    },
  })
  @ApiOpenAiErrors()
  create(@Req() request: HttpRequest, @Res() reply: HttpReply): Promise<void> {
    const { json } = RequestBody.of(request);
    const named = readModelName(json.model, ['chat', 'content']);
    const isStream = flagOf(json.stream, 'stream');
    const input = readResponsesRequest(json);
    const thinking = thinkingTokensOf(json);
    return this.gateway.serve({
      request,
      reply,
      named,
      isStream,
      isRepeatable: true,
      expected: {
        promptTokens: promptTokensOf(json),
        ...(input.maxTokens === undefined ? {} : { maxCompletionTokens: input.maxTokens }),
        ...(thinking === undefined ? {} : { leastCompletionTokens: thinking }),
      },
      open: (target, caller) =>
        this.translated.open(target, { input, isStream, format: new ResponsesFormat(json) }, caller),
    });
  }
}
