import { Body, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiProduces, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { toProblem, toSwitchboardError } from '../../core/errors/index.js';
import {
  AdminController,
  EventStream,
  type HttpReply,
  type HttpRequest,
  pathOf,
  takeOver,
} from '../../core/http/index.js';
import { type Admin, CurrentAdmin, RequiresScope } from '../../core/identity/index.js';
import { contextOf, type GenerationContext } from '../generation-context.js';
import type { GenerationTarget } from '../generation-target.js';
import { ApiGenerationProblems } from '../generation-problems.js';
import { ReplyWriter } from '../reply-writer.js';
import type { ContentBrief } from './content-prompt.js';
import { GenerateContentBody } from './content.dto.js';
import { ContentService } from './content.service.js';
import { ContentView, toContentView } from './content.view.js';

/** Articles through whatever model serves them. */
@AdminController('ai', 'Generation')
@ApiExtraModels(ContentView)
export class ContentController {
  constructor(
    private readonly content: ContentService,
    private readonly replies: ReplyWriter,
  ) {}

  @Post('content/generate')
  @HttpCode(200)
  @RequiresScope('generate')
  @ApiOperation({
    summary: 'Write an article',
    description:
      'Title and meta title have at most 60 characters, the meta description at most 160. With `stream: true` the answer is `text/event-stream`: `delta` `{"text"}` with the growing Markdown (a preview) and `reasoning` `{"text"}`, then `done` with the plain answer, or `error` with a problem document.',
  })
  @ApiProduces('application/json', 'text/event-stream')
  @ApiResponse({
    status: 200,
    content: {
      'application/json': { schema: { $ref: getSchemaPath(ContentView) } },
      'text/event-stream': { schema: { type: 'string' } },
    },
  })
  @ApiGenerationProblems()
  async generate(
    @Body() body: GenerateContentBody,
    @CurrentAdmin() admin: Admin,
    @Req() request: HttpRequest,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const context = contextOf(body, admin, request, reply);
    const brief = toBrief(body);
    if (body.stream) return this.sendStream(brief, context, pathOf(request), reply);
    const answer = await this.content.generate(brief, context);
    this.replies.json(reply, toContentView(answer, context.requestId), context.requestId, answer.target);
  }

  private async sendStream(
    brief: ContentBrief,
    context: GenerationContext,
    path: string,
    reply: HttpReply,
  ): Promise<void> {
    const { requestId } = context;
    let notices: GenerationTarget['notices'] = {};
    const writing = this.content.stream(brief, context, (target) => (notices = target.notices));
    // Until something is there, an error is still an answer of its own.
    let next = await writing.next();
    const events = new EventStream(takeOver(reply), { ...notices, 'x-request-id': requestId });
    try {
      for (; !next.done; next = await writing.next())
        await events.send(next.value.type === 'text' ? 'delta' : 'reasoning', { text: next.value.text });
      await events.send('done', toContentView(next.value, requestId));
    } catch (error) {
      await events.send('error', toProblem(toSwitchboardError(error), path, requestId));
    } finally {
      events.end();
    }
  }
}

function toBrief(body: GenerateContentBody): ContentBrief {
  return {
    topic: body.topic,
    ...(body.word_count === undefined ? {} : { wordCount: body.word_count }),
    ...(body.tone === undefined ? {} : { tone: body.tone }),
    ...(body.keywords === undefined ? {} : { keywords: body.keywords }),
    ...(body.language === undefined ? {} : { language: body.language }),
  };
}
