import { HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { invalidField } from '../../core/errors/index.js';
import type { HttpReply, HttpRequest } from '../../core/http/index.js';
import type { EmbeddingRequest } from '../../providers/index.js';
import { Gateway } from '../gateway/gateway.js';
import { readModelName } from '../gateway/model-name.js';
import { PassThroughMedia } from '../gateway/pass-through-media.js';
import { promptTokensOf } from '../gateway/prompt-size.js';
import { type JsonObject, RequestBody } from '../gateway/request-body.js';
import { TranslatedMedia } from '../gateway/translated-media.js';
import { GatewayController } from './gateway-controller.decorator.js';
import { ApiOpenAiErrors } from './openai-error.schema.js';

/** `POST /v1/embeddings`. */
@GatewayController()
export class EmbeddingsController {
  constructor(
    private readonly gateway: Gateway,
    private readonly passThrough: PassThroughMedia,
    private readonly translated: TranslatedMedia,
  ) {}

  @Post('embeddings')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Embeddings, as OpenAI’s clients know it',
    description: '`model` is `embedding` or `provider/model_id`.',
  })
  @ApiBody({ schema: { type: 'object', required: ['model', 'input'], additionalProperties: true } })
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  @ApiOpenAiErrors()
  embed(@Req() request: HttpRequest, @Res() reply: HttpReply): Promise<void> {
    const body = RequestBody.of(request);
    const { json } = body;
    const named = readModelName(json.model, ['embedding']);
    return this.gateway.serve({
      request,
      reply,
      named,
      isStream: false,
      isRepeatable: true,
      expected: { promptTokens: promptTokensOf(json), maxCompletionTokens: 0 },
      open: (target, caller) => {
        if (target.provider.strategy?.passThrough?.includes('embedding') !== true)
          return this.translated.embedding(
            target,
            readEmbeddingRequest(json),
            caller,
            json.encoding_format === 'base64',
          );
        const bytes = body.withModel(target.modelId);
        const forwarded = { operation: 'embedding', contentType: 'application/json', bytes } as const;
        return this.passThrough.json(target, forwarded, caller, {});
      },
    });
  }
}

function readEmbeddingRequest({ input, dimensions }: JsonObject): Omit<EmbeddingRequest, 'model'> {
  const texts: unknown[] = Array.isArray(input) ? input : [input];
  if (texts.length === 0 || !texts.every((text) => typeof text === 'string'))
    throw invalidField('input', 'must be a text or a list of texts');
  return { input: texts, ...(typeof dimensions === 'number' && { dimensions }) };
}
