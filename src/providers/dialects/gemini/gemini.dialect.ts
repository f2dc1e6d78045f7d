import { Buffer } from 'node:buffer';
import { SwitchboardError } from '../../../core/errors/index.js';
import type {
  ChatEvent,
  ChatRequest,
  ChatResult,
  EmbeddingRequest,
  EmbeddingResult,
  ImageRequest,
  ImageResult,
  KeyCheck,
  ModelListing,
  ProviderCall,
  ProviderStrategy,
  SpeechRequest,
  SpeechResult,
  TokenUsage,
  UpstreamRefusal,
} from '../../contract/index.js';
import { errorInside } from '../../upstream/index.js';
import { truncatedStream } from '../exchange.js';
import { keyCheck } from '../key-check.js';
import type { WireObject } from '../wire-json.js';
import { generateContent, streamGenerateContent } from './gemini-call.js';
import { diagnoseGemini } from './gemini-diagnose.js';
import { embedGemini } from './gemini-embeddings.js';
import { isBareSamples, mediaOf, sampleRateOf, toImageRequest, toSpeechRequest, wavHeader } from './gemini-media.js';
import { getModelsPage, listGeminiModels } from './gemini-models.js';
import { toGeminiRequest } from './gemini-request.js';
import {
  type GeminiAnswer,
  type GeminiFinish,
  readGeminiAnswer,
  toChatResult,
  toFinishReason,
} from './gemini-response.js';
import type { GeminiRequest } from './gemini-wire.js';

/** Google's generateContent, by its SDK. Chat, pictures and speech are one method with different output modalities. */
export class GeminiDialect implements ProviderStrategy {
  async chat(call: ProviderCall, request: ChatRequest): Promise<ChatResult> {
    return toChatResult(await this.#ask(call, request.model, toGeminiRequest(request)));
  }

  async *streamChat(call: ProviderCall, request: ChatRequest): AsyncGenerator<ChatEvent, void, undefined> {
    let finish: GeminiFinish | undefined;
    let usage: TokenUsage | null = null;
    let calls = 0;
    for await (const chunk of streamGenerateContent(call, request.model, toGeminiRequest(request))) {
      const answer = this.#read(call, chunk, calls);
      for (const piece of answer.pieces) {
        if (piece.type === 'text' || piece.type === 'reasoning') yield piece;
        if (piece.type !== 'tool_call') continue;
        const { id, function: called, extra_content: extraContent } = piece.call;
        yield {
          type: 'tool_call',
          index: calls,
          id,
          ...called,
          ...(extraContent === undefined ? {} : { extraContent }),
        };
        calls += 1;
      }
      // Each chunk's usage covers all chunks so far.
      usage = answer.usage ?? usage;
      finish = answer.finish ?? finish;
    }
    if (finish === undefined) throw truncatedStream();
    yield { type: 'finish', finishReason: toFinishReason(finish, calls > 0), usage };
  }

  /** One call a picture; all fail when one does. */
  async image(call: ProviderCall, request: ImageRequest): Promise<ImageResult> {
    const wanted = toImageRequest(request);
    const answers = await Promise.all(
      Array.from({ length: request.count }, () => this.#ask(call, request.model, wanted)),
    );
    const pictures = answers.flatMap((answer) => mediaOf(answer, 'image').slice(0, 1));
    return {
      images: pictures.map(({ data }) => ({ bytes: Buffer.from(data, 'base64') })),
      usage: answers.map(({ usage }) => usage).reduce(addUsage),
    };
  }

  /** Answers WAV whatever format is asked for, except `pcm`: the model makes bare samples, and we re-code nothing. */
  async speech(call: ProviderCall, request: SpeechRequest): Promise<SpeechResult> {
    const answer = await this.#ask(call, request.model, toSpeechRequest(request));
    const sounds = mediaOf(answer, 'audio');
    const bytes = Buffer.concat(sounds.map(({ data }) => Buffer.from(data, 'base64')));
    const mimeType = sounds[0]?.mimeType ?? '';
    if (!isBareSamples(mimeType)) return { mime: mimeType, audio: sequence([bytes]), usage: answer.usage };
    if (request.format === 'pcm') return { mime: 'audio/pcm', audio: sequence([bytes]), usage: answer.usage };
    const header = wavHeader(bytes.length, sampleRateOf(mimeType));
    return { mime: 'audio/wav', audio: sequence([header, bytes]), usage: answer.usage };
  }

  embed(call: ProviderCall, request: EmbeddingRequest): Promise<EmbeddingResult> {
    return embedGemini(call, request, (answer) => {
      if (answer.error !== undefined) throw errorInside(answer, this, call.provider.slug, call.apiKey);
    });
  }

  listModels(call: ProviderCall): Promise<ModelListing> {
    return listGeminiModels(call);
  }

  validateKey(call: ProviderCall): Promise<KeyCheck> {
    return keyCheck(() => getModelsPage(call, 1));
  }

  diagnose(refusal: UpstreamRefusal): SwitchboardError | undefined {
    return diagnoseGemini(refusal);
  }

  async #ask(call: ProviderCall, model: string, request: GeminiRequest): Promise<GeminiAnswer> {
    const answer = this.#read(call, await generateContent(call, model, request));
    if (answer.hasCandidate) return answer;
    throw new SwitchboardError('upstream_bad_response', 'Gemini answered without a candidate.');
  }

  #read(call: ProviderCall, body: WireObject, callsBefore = 0): GeminiAnswer {
    if (body.error === undefined) return readGeminiAnswer(body, callsBefore);
    throw errorInside(body, this, call.provider.slug, call.apiKey);
  }
}

async function* sequence(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void, undefined> {
  yield* pieces;
}

/** Unknown as soon as one part is. */
function addUsage(left: TokenUsage | null, right: TokenUsage | null): TokenUsage | null {
  if (left === null || right === null) return null;
  const add = (a: number | null, b: number | null): number | null =>
    a === null && b === null ? null : (a ?? 0) + (b ?? 0);
  return {
    promptTokens: left.promptTokens + right.promptTokens,
    completionTokens: left.completionTokens + right.completionTokens,
    totalTokens: left.totalTokens + right.totalTokens,
    cachedTokens: add(left.cachedTokens, right.cachedTokens),
    reasoningTokens: add(left.reasoningTokens, right.reasoningTokens),
    costUsd: null,
  };
}
