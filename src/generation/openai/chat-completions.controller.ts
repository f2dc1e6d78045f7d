import { HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiProduces, ApiResponse } from '@nestjs/swagger';
import { toSwitchboardError } from '../../core/errors/index.js';
import type { HttpReply, HttpRequest } from '../../core/http/index.js';
import type { ChatInput } from '../chat/chat-input.js';
import { thinkingTokensOf } from '../asked-effort.js';
import { Gateway } from '../gateway/gateway.js';
import { readModelName } from '../gateway/model-name.js';
import { PassThroughChat } from '../gateway/pass-through-chat.js';
import { promptTokensOf } from '../gateway/prompt-size.js';
import { RequestBody } from '../gateway/request-body.js';
import { flagOf } from '../gateway/request-flags.js';
import { TranslatedChat } from '../gateway/translated-chat.js';
import { readChatRequest } from './chat-request-reading.js';
import { CompletionFormat } from './completion-format.js';
import { GatewayController } from './gateway-controller.decorator.js';
import { ApiOpenAiErrors } from './openai-error.schema.js';
import { toOpenAiError } from './openai-error.js';

/** `POST /v1/chat/completions`: the busiest path of the product. */
@GatewayController()
export class ChatCompletionsController {
  constructor(
    private readonly gateway: Gateway,
    private readonly passThrough: PassThroughChat,
    private readonly translated: TranslatedChat,
  ) {}

  @Post('chat/completions')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Chat, as OpenAI’s clients know it',
    description:
      '`model` is `chat` or `content` (the active selection) or `provider/model_id`. Providers of OpenAI’s dialect get the body as it came and their answer comes back as it is, its own `model` included; `x-switchboard-provider` and `x-switchboard-model` name who answered. For the others the request is translated: `n` above 1, `logprobs`, audio output, `functions` and web search are refused, mere hints are dropped.',
  })
  @ApiBody({ schema: { type: 'object', required: ['model', 'messages'], additionalProperties: true } })
  @ApiProduces('application/json', 'text/event-stream')
  @ApiResponse({
    status: 200,
    description: 'A chat completion, or its chunks with `stream: true`.',
    content: {
      'application/json': { schema: { type: 'object', additionalProperties: true } },
      'text/event-stream': { schema: { type: 'string' } },
    },
  })
  @ApiOpenAiErrors()
  complete(@Req() request: HttpRequest, @Res() reply: HttpReply): Promise<void> {
    const body = RequestBody.of(request);
    const { json } = body;
    const named = readModelName(json.model, ['chat', 'content']);
    const isStream = flagOf(json.stream, 'stream');
    const options = json.stream_options as { include_usage?: unknown } | null | undefined;
    const wantsUsage = isStream && options?.include_usage === true;
    const maxTokens = json.max_completion_tokens ?? json.max_tokens;
    const thinking = thinkingTokensOf(json);
    const forward = { body, isStream, wantsUsage, toErrorEvent };
    let input: ChatInput | undefined;
    return this.gateway.serve({
      request,
      reply,
      named,
      isStream,
      isRepeatable: true,
      expected: {
        promptTokens: promptTokensOf(json),
        ...(typeof maxTokens === 'number' ? { maxCompletionTokens: maxTokens } : {}),
        ...(thinking === undefined ? {} : { leastCompletionTokens: thinking }),
      },
      open: (target, caller) => {
        const { strategy, profile } = target.provider;
        const isUnderstood = strategy?.passThrough?.includes('chat') === true;
        if (isUnderstood && (!isStream || profile.config.supportsStreaming))
          return this.passThrough.open(target, forward, caller);
        input ??= readChatRequest(json);
        return this.translated.open(target, { input, isStream, format: new CompletionFormat(wantsUsage) }, caller);
      },
    });
  }
}

const toErrorEvent = (error: unknown) => `data: ${JSON.stringify(toOpenAiError(toSwitchboardError(error)))}\n\n`;
