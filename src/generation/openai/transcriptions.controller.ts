import { HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { invalidField } from '../../core/errors/index.js';
import type { HttpReply, HttpRequest } from '../../core/http/index.js';
import { formBytesOf } from '../gateway/form-body.js';
import { Gateway } from '../gateway/gateway.js';
import { readModelName } from '../gateway/model-name.js';
import { type FormPart, readForm, textOfPart } from '../gateway/multipart.js';
import { PassThroughMedia } from '../gateway/pass-through-media.js';
import { splice } from '../gateway/request-body.js';
import { TranslatedMedia } from '../gateway/translated-media.js';
import { GatewayController } from './gateway-controller.decorator.js';
import { ApiOpenAiErrors } from './openai-error.schema.js';

/** `POST /v1/audio/transcriptions`. */
@GatewayController()
export class TranscriptionsController {
  constructor(
    private readonly gateway: Gateway,
    private readonly passThrough: PassThroughMedia,
    private readonly translated: TranslatedMedia,
  ) {}

  @Post('audio/transcriptions')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Words of a recording, as OpenAI’s clients know it',
    description:
      '`model` is `transcription` or `provider/model_id`. The form goes on as it came, with another model. Providers of other dialects give words alone: `response_format` is `json` or `text` there, timings and streams are refused.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['model', 'file'],
      properties: { model: { type: 'string' }, file: { type: 'string', format: 'binary' } },
      additionalProperties: true,
    },
  })
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  @ApiOpenAiErrors()
  async transcribe(@Req() request: HttpRequest, @Res() reply: HttpReply): Promise<void> {
    const bytes = await formBytesOf(request);
    const contentType = request.headers['content-type'] ?? '';
    const parts = readForm(bytes, contentType);
    const named = readModelName(textOfPart(bytes, parts, 'model'), ['transcription']);
    const model = parts.find(({ name }) => name === 'model');
    const file = parts.find(({ name }) => name === 'file');
    if (model === undefined || file === undefined) throw invalidField('file', 'is required');
    const format = textOfPart(bytes, parts, 'response_format') ?? 'json';
    const isStream = textOfPart(bytes, parts, 'stream') === 'true';
    return this.gateway.serve({
      request,
      reply,
      named,
      isStream,
      isRepeatable: false,
      expected: {},
      open: (target, caller) => {
        if (target.provider.strategy?.passThrough?.includes('transcription') !== true) {
          requirePlain(format, parts, isStream);
          const { start, end } = file.content;
          const recording = { audio: bytes.subarray(start, end), fileName: file.fileName ?? 'audio.mp3' };
          const language = textOfPart(bytes, parts, 'language');
          const wanted = { ...recording, ...(language && { language }) };
          return this.translated.transcription(target, wanted, caller, format === 'text');
        }
        const edited = splice(bytes, [[model.content, target.modelId]]);
        const forwarded = { operation: 'transcription', contentType, bytes: edited } as const;
        return format.includes('json') && !isStream
          ? this.passThrough.json(target, forwarded, caller, {})
          : this.passThrough.bytes(target, forwarded, caller, {});
      },
    });
  }
}

/** What a provider of another dialect answers has no timings; an answer without them would be another than asked for. */
function requirePlain(format: string, parts: readonly FormPart[], isStream: boolean): void {
  const cannot = 'is not possible with this model’s provider; ';
  if (format !== 'json' && format !== 'text') throw invalidField('response_format', `${cannot}take json or text`);
  if (parts.some(({ name }) => name.startsWith('timestamp_granularities')))
    throw invalidField('timestamp_granularities', `${cannot}leave it out`);
  if (isStream) throw invalidField('stream', `${cannot}leave it out`);
}
