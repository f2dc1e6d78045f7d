import { HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiProduces, ApiResponse } from '@nestjs/swagger';
import { invalidField } from '../../core/errors/index.js';
import type { HttpReply, HttpRequest } from '../../core/http/index.js';
import type { AudioFormat, SpeechRequest } from '../../providers/index.js';
import { Gateway } from '../gateway/gateway.js';
import { readModelName } from '../gateway/model-name.js';
import { PassThroughMedia } from '../gateway/pass-through-media.js';
import { type JsonObject, RequestBody } from '../gateway/request-body.js';
import { TranslatedMedia } from '../gateway/translated-media.js';
import { GatewayController } from './gateway-controller.decorator.js';
import { ApiOpenAiErrors } from './openai-error.schema.js';

const FORMATS: readonly AudioFormat[] = ['mp3', 'wav', 'opus', 'aac', 'flac', 'pcm'];

/** `POST /v1/audio/speech`: the sound is passed on as it comes. */
@GatewayController()
export class SpeechController {
  constructor(
    private readonly gateway: Gateway,
    private readonly passThrough: PassThroughMedia,
    private readonly translated: TranslatedMedia,
  ) {}

  @Post('audio/speech')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Speech, as OpenAI’s clients know it',
    description:
      '`model` is `audio` or `provider/model_id`. For providers of other dialects the sound comes in the container that the vendor makes, which `content-type` names; `instructions` and other fields are dropped.',
  })
  @ApiBody({ schema: { type: 'object', required: ['model', 'input'], additionalProperties: true } })
  @ApiProduces('audio/*')
  @ApiResponse({ status: 200, content: { 'audio/*': { schema: { type: 'string', format: 'binary' } } } })
  @ApiOpenAiErrors()
  speak(@Req() request: HttpRequest, @Res() reply: HttpReply): Promise<void> {
    const body = RequestBody.of(request);
    const { json } = body;
    const named = readModelName(json.model, ['audio']);
    if (typeof json.input !== 'string' || json.input === '') throw invalidField('input', 'must be text');
    const characters = Array.from(json.input).length;
    return this.gateway.serve({
      request,
      reply,
      named,
      isStream: true,
      isRepeatable: false,
      expected: { characters },
      open: (target, caller) => {
        if (target.provider.strategy?.passThrough?.includes('audio') !== true)
          return this.translated.speech(target, readSpeechRequest(json), caller);
        const bytes = body.withModel(target.modelId);
        const forwarded = { operation: 'speech', contentType: 'application/json', bytes } as const;
        return this.passThrough.bytes(target, forwarded, caller, { characters }, json.stream_format === 'sse');
      },
    });
  }
}

function readSpeechRequest(json: JsonObject): Omit<SpeechRequest, 'model'> {
  const { voice, speed, response_format: format } = json;
  if (format !== undefined && format !== null && !FORMATS.includes(format as AudioFormat))
    throw invalidField('response_format', `must be one of ${FORMATS.join(', ')}`);
  if (speed !== undefined && speed !== null && typeof speed !== 'number')
    throw invalidField('speed', 'must be a number');
  return {
    text: json.input as string,
    ...(typeof voice === 'string' && { voice }),
    ...(typeof speed === 'number' && { speed }),
    ...(typeof format === 'string' && { format: format as AudioFormat }),
  };
}
