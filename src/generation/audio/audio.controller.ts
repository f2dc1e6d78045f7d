import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Body, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiProduces, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { AdminController, type HttpReply, type HttpRequest, takeOver } from '../../core/http/index.js';
import { type Admin, CurrentAdmin, RequiresScope } from '../../core/identity/index.js';
import { contextOf } from '../generation-context.js';
import { ApiGenerationProblems } from '../generation-problems.js';
import { ReplyWriter } from '../reply-writer.js';
import { AudioKeeper } from './audio-keeper.js';
import { GenerateAudioBody } from './audio.dto.js';
import { AudioService, type SpeechInput } from './audio.service.js';
import { AudioView, toAudioView } from './audio.view.js';
import { wantsAudio } from './wants-audio.js';

/** Speech through whatever model speaks. */
@AdminController('ai', 'Generation')
@ApiExtraModels(AudioView)
export class AudioController {
  constructor(
    private readonly audio: AudioService,
    private readonly keeper: AudioKeeper,
    private readonly replies: ReplyWriter,
  ) {}

  @Post('audio/generate')
  @HttpCode(200)
  @RequiresScope('generate')
  @ApiOperation({
    summary: 'Speak a text',
    description:
      'With `Accept: audio/*` the answer is the sound itself, as it comes; one that is kept as well names its id in `x-media-id`. Else it is JSON. Never asked for twice.',
  })
  @ApiProduces('application/json', 'audio/*')
  @ApiResponse({
    status: 200,
    content: {
      'application/json': { schema: { $ref: getSchemaPath(AudioView) } },
      'audio/*': { schema: { type: 'string', format: 'binary' } },
    },
  })
  @ApiGenerationProblems()
  async generate(
    @Body() body: GenerateAudioBody,
    @CurrentAdmin() admin: Admin,
    @Req() request: HttpRequest,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const context = contextOf(body, admin, request, reply);
    const { requestId } = context;
    const isSaving = body.save_to_media === true;
    const isBinary = wantsAudio(request.headers.accept);
    const answer = await this.audio.speak(toInput(body), context, isBinary && !isSaving);
    const heads = { ...answer.target.notices, 'x-request-id': requestId };
    if (isBinary && !isSaving) return send(reply, heads, answer.mime, answer.audio);
    const sound = await this.keeper.gather(answer, isSaving ? admin.id : null);
    if (isBinary) return send(reply, heads, sound.mime, [sound.bytes], sound.saved?.mediaId);
    const costUsd = await answer.costUsd;
    this.replies.json(reply, toAudioView(answer, sound, isSaving, costUsd, requestId), requestId, answer.target);
  }
}

async function send(
  reply: HttpReply,
  heads: Readonly<Record<string, string>>,
  mime: string,
  audio: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  mediaId?: string,
): Promise<void> {
  const response = takeOver(reply).writeHead(200, {
    'content-type': mime,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...heads,
    ...(mediaId === undefined ? {} : { 'x-media-id': mediaId }),
  });
  // A sound that breaks off closes the connection without its last chunk: nobody takes it for a whole one.
  await pipeline(Readable.from(audio), response).catch(() => undefined);
}

function toInput({ text, voice, speed, format }: GenerateAudioBody): SpeechInput {
  return {
    text,
    ...(voice === undefined ? {} : { voice }),
    ...(speed === undefined ? {} : { speed }),
    ...(format === undefined ? {} : { format }),
  };
}
