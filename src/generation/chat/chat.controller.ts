import { Body, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiProduces, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { toProblem, toSwitchboardError } from '../../core/errors/index.js';
import {
  AdminController,
  ApiProblems,
  EventStream,
  type HttpReply,
  type HttpRequest,
  pathOf,
  takeOver,
} from '../../core/http/index.js';
import { type Admin, CurrentAdmin, RequiresScope } from '../../core/identity/index.js';
import { contextOf, type GenerationContext } from '../generation-context.js';
import { ReplyWriter } from '../reply-writer.js';
import { textOfMessage, toChatInput } from './chat-input.js';
import { SendChatBody } from './chat.dto.js';
import { ChatService, type ChatStream } from './chat.service.js';
import { ChatStreamCollector } from './chat-stream-collector.js';
import { ChatAnswerView, toChatAnswerView } from './chat.view.js';

/** Chat through whatever model serves it. */
@AdminController('ai', 'Generation')
@ApiExtraModels(ChatAnswerView)
export class ChatController {
  constructor(
    private readonly chat: ChatService,
    private readonly replies: ReplyWriter,
  ) {}

  @Post('chat/send')
  @HttpCode(200)
  @RequiresScope('generate')
  @ApiOperation({
    summary: 'Send a chat message',
    description:
      'With `stream: true` the answer is `text/event-stream`: events `delta` and `reasoning` `{"text"}`, then `done` with the plain answer, or `error` with a problem document.',
  })
  @ApiProduces('application/json', 'text/event-stream')
  @ApiResponse({
    status: 200,
    content: {
      'application/json': { schema: { $ref: getSchemaPath(ChatAnswerView) } },
      'text/event-stream': { schema: { type: 'string' } },
    },
  })
  @ApiProblems(
    'validation_failed',
    'no_active_model',
    'provider_not_registered',
    'provider_inactive',
    'model_not_in_catalog',
    'model_no_capability',
    'operation_not_supported',
    'no_api_key_available',
    'shared_api_not_allowed',
    'model_unavailable',
    'upstream_rejected',
    'upstream_auth_failed',
    'upstream_rate_limited',
    'upstream_unavailable',
    'upstream_timeout',
    'upstream_bad_response',
    'service_unavailable',
  )
  async send(
    @Body() body: SendChatBody,
    @CurrentAdmin() admin: Admin,
    @Req() request: HttpRequest,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const context = contextOf(body, admin, request, reply);
    const message = textOfMessage(body.message);
    if (body.stream) {
      const stream = await this.chat.stream(toChatInput(body), context);
      await this.sendStream(stream, message, context, pathOf(request), reply);
      return;
    }
    const answer = await this.chat.chat(toChatInput(body), context);
    this.replies.json(reply, toChatAnswerView(message, answer, context.requestId), context.requestId, answer.target);
  }

  private async sendStream(
    stream: ChatStream,
    message: string,
    context: GenerationContext,
    path: string,
    reply: HttpReply,
  ): Promise<void> {
    const events = new EventStream(takeOver(reply), { ...stream.target.notices, 'x-request-id': context.requestId });
    const collector = new ChatStreamCollector();
    try {
      for await (const event of stream.events) {
        collector.add(event);
        if (event.type === 'text') await events.send('delta', { text: event.text });
        else if (event.type === 'reasoning') await events.send('reasoning', { text: event.text });
      }
      const answer = {
        ...collector.result(),
        target: stream.target,
        servedByFallback: stream.servedByFallback,
        costUsd: await stream.costUsd,
      };
      await events.send('done', toChatAnswerView(message, answer, context.requestId));
    } catch (error) {
      await events.send('error', toProblem(toSwitchboardError(error), path, context.requestId));
    } finally {
      events.end();
    }
  }
}
