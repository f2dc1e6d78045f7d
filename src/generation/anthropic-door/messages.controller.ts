import { Controller, HttpCode, Post, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { HttpReply, HttpRequest } from '../../core/http/index.js';
import { thinkingTokensOf } from '../asked-effort.js';
import { Gateway } from '../gateway/gateway.js';
import { GatewayGuard } from '../gateway/gateway.guard.js';
import { readModelName } from '../gateway/model-name.js';
import { promptTokensOf } from '../gateway/prompt-size.js';
import { RequestBody } from '../gateway/request-body.js';
import { flagOf } from '../gateway/request-flags.js';
import { TranslatedChat } from '../gateway/translated-chat.js';
import { AnthropicErrorFilter } from './anthropic-error.js';
import { MessagesFormat } from './messages-format.js';
import { readMessagesRequest } from './messages-request.js';

/** `POST /v1/messages`: the door for clients of Anthropic's Messages API, whatever model serves them. */
@Controller('v1')
@UseGuards(GatewayGuard)
@UseFilters(AnthropicErrorFilter)
@ApiTags('Anthropic-compatible')
@ApiBearerAuth()
export class MessagesController {
  private readonly format = new MessagesFormat();

  constructor(
    private readonly gateway: Gateway,
    private readonly translated: TranslatedChat,
  ) {}

  @Post('messages')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Chat, as Anthropic’s clients know it',
    description:
      '`model` is `chat` or `content` (the active selection) or `provider/model_id`. Text, pictures, tools and streams; tools that Anthropic’s servers run and documents are refused, mere hints are dropped.',
  })
  @ApiBody({ schema: { type: 'object', required: ['model', 'messages', 'max_tokens'], additionalProperties: true } })
  @ApiProduces('application/json', 'text/event-stream')
  @ApiResponse({
    status: 200,
    content: {
      'application/json': { schema: { type: 'object', additionalProperties: true } },
      'text/event-stream': { schema: { type: 'string' } },
    },
  })
  create(@Req() request: HttpRequest, @Res() reply: HttpReply): Promise<void> {
    const { json } = RequestBody.of(request);
    const named = readModelName(json.model, ['chat', 'content']);
    const isStream = flagOf(json.stream, 'stream');
    const input = readMessagesRequest(json);
    const { format } = this;
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
      open: (target, caller) => this.translated.open(target, { input, isStream, format }, caller),
    });
  }
}
