import { Injectable } from '@nestjs/common';
import type { ChatEvent, ChatMessage, ProviderCall, StructuredMeans } from '../../providers/index.js';
import { chatOf, eventsOf, streamOf } from '../chat/strategy-chat.js';
import { firstOf } from '../first-of.js';
import type { GenerationTarget } from '../generation-target.js';
import { ladderOf, refusesMeans, structuredRequest } from './structured-request.js';

/** An answer that has begun, and the means by which it was asked for. */
export interface OpenedContent {
  readonly means: StructuredMeans;
  readonly events: AsyncIterable<ChatEvent>;
}

/** Asks a model for structured output by the best means it takes. */
@Injectable()
export class ContentCaller {
  /**
   * Steps down the provider's ladder where a model refuses the means, each rung once.
   * @param from where to begin, for a model whose means are known by now
   * @throws SwitchboardError of the last call
   */
  async open(
    call: ProviderCall,
    { provider, modelId }: GenerationTarget,
    messages: readonly ChatMessage[],
    isStream: boolean,
    from?: StructuredMeans,
  ): Promise<OpenedContent> {
    const ladder = ladderOf(provider);
    const rungs = from === undefined ? ladder : ladder.slice(ladder.indexOf(from));
    for (const [index, means] of rungs.entries()) {
      const request = { ...structuredRequest(means, messages), model: modelId };
      try {
        const events = isStream
          ? await firstOf(streamOf(provider.strategy)(call, request))
          : iterated(eventsOf(await chatOf(provider.strategy)(call, request)));
        return { means, events };
      } catch (error) {
        if (index === rungs.length - 1 || !refusesMeans(error)) throw error;
      }
    }
    throw new Error('A ladder of means has no rung.');
  }
}

async function* iterated<Piece>(pieces: Iterable<Piece>): AsyncGenerator<Piece> {
  yield* pieces;
}
