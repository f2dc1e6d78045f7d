import { HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { invalidField } from '../../core/errors/index.js';
import type { HttpReply, HttpRequest } from '../../core/http/index.js';
import type { ImageRequest, ImageResult } from '../../providers/index.js';
import { pictureTokensOf } from '../asked-effort.js';
import { Gateway } from '../gateway/gateway.js';
import { readModelName } from '../gateway/model-name.js';
import { PassThroughMedia } from '../gateway/pass-through-media.js';
import { type JsonObject, RequestBody } from '../gateway/request-body.js';
import { TranslatedMedia } from '../gateway/translated-media.js';
import { completionUsage, nowInSeconds } from './completion-format.js';
import { GatewayController } from './gateway-controller.decorator.js';
import { ApiOpenAiErrors } from './openai-error.schema.js';

const MOST_IMAGES = 10;

/** `POST /v1/images/generations`. */
@GatewayController()
export class ImagesController {
  constructor(
    private readonly gateway: Gateway,
    private readonly passThrough: PassThroughMedia,
    private readonly translated: TranslatedMedia,
  ) {}

  @Post('images/generations')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Pictures, as OpenAI’s clients know it',
    description:
      '`model` is `image` or `provider/model_id`. For providers of other dialects the nearest size is made, pictures come as base64 (`response_format: "url"` as data URLs), streams are refused, and other fields are dropped.',
  })
  @ApiBody({ schema: { type: 'object', required: ['model', 'prompt'], additionalProperties: true } })
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  @ApiOpenAiErrors()
  generate(@Req() request: HttpRequest, @Res() reply: HttpReply): Promise<void> {
    const body = RequestBody.of(request);
    const { json } = body;
    const named = readModelName(json.model, ['image']);
    const count = countOf(json.n);
    if (json.stream === true) throw invalidField('stream', 'is not offered for pictures; leave it out');
    const best = pictureTokensOf(json.quality, count);
    return this.gateway.serve({
      request,
      reply,
      named,
      isStream: false,
      isRepeatable: false,
      expected: { images: count, ...(best === undefined ? {} : { leastCompletionTokens: best }) },
      open: (target, caller) => {
        const { strategy, profile } = target.provider;
        if (strategy?.passThrough?.includes('image') === true && profile.config.wire.imageSize === 'size') {
          const bytes = body.withModel(target.modelId);
          const forwarded = { operation: 'image', contentType: 'application/json', bytes } as const;
          return this.passThrough.json(target, forwarded, caller, { images: count });
        }
        const asUrl = json.response_format === 'url';
        return this.translated.image(target, readImageRequest(json, count), caller, (result) => told(result, asUrl));
      },
    });
  }
}

function countOf(n: unknown): number {
  if (n === undefined || n === null) return 1;
  if (!Number.isInteger(n) || (n as number) < 1 || (n as number) > MOST_IMAGES)
    throw invalidField('n', `must be a whole number from 1 to ${MOST_IMAGES}`);
  return n as number;
}

function readImageRequest({ prompt, size, quality }: JsonObject, count: number): Omit<ImageRequest, 'model'> {
  if (typeof prompt !== 'string' || prompt === '') throw invalidField('prompt', 'must be text');
  const [, width, height] = typeof size === 'string' ? (/^(\d{2,5})x(\d{2,5})$/.exec(size) ?? []) : [];
  const isOpen = size === undefined || size === null || size === 'auto';
  if (!isOpen && width === undefined) throw invalidField('size', 'must be auto or WIDTHxHEIGHT');
  return {
    prompt,
    count,
    ...(width === undefined ? {} : { width: Number(width), height: Number(height) }),
    ...(typeof quality === 'string' && quality !== 'auto' ? { quality } : {}),
  };
}

function told({ images, usage }: ImageResult, asUrl: boolean): object {
  const data = images.map(({ bytes }) => {
    const base64 = bytes.toString('base64');
    return asUrl ? { url: `data:${typeOf(bytes)};base64,${base64}` } : { b64_json: base64 };
  });
  return { created: nowInSeconds(), data, ...(usage === null ? {} : { usage: imageUsage(completionUsage(usage)) }) };
}

/** OpenAI names the tokens of pictures differently from those of chat. */
function imageUsage(usage: object): object {
  const { prompt_tokens: input, completion_tokens: output, total_tokens: total } = usage as Record<string, number>;
  return { input_tokens: input, output_tokens: output, total_tokens: total };
}

function typeOf(bytes: Buffer): string {
  const head = bytes.toString('latin1', 0, 12);
  if (head.startsWith('\xff\xd8')) return 'image/jpeg';
  if (head.startsWith('RIFF')) return 'image/webp';
  return head.startsWith('GIF8') ? 'image/gif' : 'image/png';
}
