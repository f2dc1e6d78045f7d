import { once } from 'node:events';
import { Injectable } from '@nestjs/common';
import { SwitchboardError } from '../../core/errors/index.js';
import type {
  EmbeddingRequest,
  ImageRequest,
  ImageResult,
  ProviderCall,
  SpeechRequest,
  TranscriptionRequest,
} from '../../providers/index.js';
import { Attempts } from '../attempts.js';
import { firstOf } from '../first-of.js';
import type { GenerationTarget } from '../generation-target.js';
import { mediaMeasured } from '../media-usage.js';
import type { Measured } from '../tally.js';
import type { Answer, Outlet } from './answer.js';
import type { Caller } from './caller.js';
import { WholeAnswer } from './whole-answer.js';

/** Pictures and sounds through a strategy, for vendors of other dialects. */
@Injectable()
export class TranslatedMedia {
  constructor(private readonly attempts: Attempts) {}

  /** @throws SwitchboardError */
  async image(
    target: GenerationTarget,
    request: Omit<ImageRequest, 'model'>,
    caller: Caller,
    tell: (result: ImageResult) => object,
  ): Promise<Answer> {
    const { strategy } = target.provider;
    const image = strategy?.image?.bind(strategy);
    if (image === undefined) throw new SwitchboardError('operation_not_supported', 'This provider makes no pictures.');
    const result = await this.waiting(caller, target, (call) => image(call, { ...request, model: target.modelId }));
    const kept = { ...result, images: result.images.slice(0, request.count) };
    const measured = mediaMeasured(result.usage, { images: result.images.length });
    return new WholeAnswer(Buffer.from(JSON.stringify(tell(kept))), 'application/json', measured);
  }

  /** @throws SwitchboardError */
  async speech(target: GenerationTarget, request: Omit<SpeechRequest, 'model'>, caller: Caller): Promise<Answer> {
    const { strategy } = target.provider;
    const speech = strategy?.speech?.bind(strategy);
    if (speech === undefined) throw new SwitchboardError('operation_not_supported', 'This provider does not speak.');
    return this.waiting(caller, target, async (call, controller) => {
      const { mime, audio, usage } = await speech(call, { ...request, model: target.modelId });
      const measured = mediaMeasured(usage, { characters: Array.from(request.text).length });
      return new TranslatedSound(await firstOf(audio), mime, measured, controller);
    });
  }

  /** @throws SwitchboardError */
  async embedding(
    target: GenerationTarget,
    request: Omit<EmbeddingRequest, 'model'>,
    caller: Caller,
    asBase64: boolean,
  ): Promise<Answer> {
    const { strategy } = target.provider;
    const embed = strategy?.embed?.bind(strategy);
    if (embed === undefined) throw new SwitchboardError('operation_not_supported', 'This provider embeds nothing.');
    const { vectors, usage } = await this.waiting(caller, target, (call) =>
      embed(call, { ...request, model: target.modelId }),
    );
    const data = vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: asBase64 ? Buffer.from(Float32Array.from(vector).buffer).toString('base64') : vector,
    }));
    const tokens = { prompt_tokens: usage?.promptTokens ?? 0, total_tokens: usage?.totalTokens ?? 0 };
    const json = { object: 'list', data, model: target.modelId, usage: tokens };
    return new WholeAnswer(Buffer.from(JSON.stringify(json)), 'application/json', mediaMeasured(usage, {}));
  }

  /** @throws SwitchboardError */
  async transcription(
    target: GenerationTarget,
    request: Omit<TranscriptionRequest, 'model'>,
    caller: Caller,
    asText: boolean,
  ): Promise<Answer> {
    const { strategy } = target.provider;
    const transcribe = strategy?.transcribe?.bind(strategy);
    if (transcribe === undefined)
      throw new SwitchboardError('operation_not_supported', 'This provider transcribes nothing.');
    const { text, usage } = await this.waiting(caller, target, (call) =>
      transcribe(call, { ...request, model: target.modelId }),
    );
    const measured = mediaMeasured(usage, {});
    if (asText) return new WholeAnswer(Buffer.from(`${text}\n`), 'text/plain; charset=utf-8', measured);
    return new WholeAnswer(Buffer.from(JSON.stringify({ text })), 'application/json', measured);
  }

  private async waiting<T>(
    caller: Caller,
    target: GenerationTarget,
    work: (call: ProviderCall, controller: AbortController) => Promise<T>,
  ): Promise<T> {
    const controller = new AbortController();
    caller.whenGone(() => controller.abort());
    const asking = performance.now();
    try {
      return await work(this.attempts.callOf(target, { signal: controller.signal }), controller);
    } finally {
      caller.waited(performance.now() - asking);
    }
  }
}

class TranslatedSound implements Answer {
  constructor(
    private readonly audio: AsyncIterable<Uint8Array>,
    private readonly mime: string,
    private readonly measured: Measured,
    private readonly controller: AbortController,
  ) {}

  async deliver(outlet: Outlet): Promise<void> {
    const { response } = outlet;
    outlet.begin({ 'content-type': this.mime });
    outlet.firstToken();
    let held: Uint8Array | undefined;
    for await (const piece of this.audio) {
      const isFull = held !== undefined && !response.write(held);
      held = piece;
      if (isFull) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
    if (held === undefined) throw new SwitchboardError('upstream_bad_response', 'The provider sent no audio.');
    await outlet.settle(this.measured);
    response.end(held);
  }

  partial(): Measured {
    return this.measured;
  }

  discard(): void {
    this.controller.abort();
  }
}
