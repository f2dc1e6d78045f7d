import { once } from 'node:events';
import { Injectable } from '@nestjs/common';
import { SwitchboardError, toSwitchboardError } from '../../core/errors/index.js';
import type { ChatEvent } from '../../providers/index.js';
import { Attempts } from '../attempts.js';
import { ChatMeasure } from '../chat/chat-measure.js';
import type { ChatInput } from '../chat/chat-input.js';
import { chatOf, streamOf } from '../chat/strategy-chat.js';
import { firstOf } from '../first-of.js';
import type { GenerationTarget } from '../generation-target.js';
import type { Measured } from '../tally.js';
import type { Answer, Outlet } from './answer.js';
import type { Caller } from './caller.js';
import type { ChatFormat, StreamFormat } from './stream-format.js';
import { WholeAnswer } from './whole-answer.js';

/** A chat request that was read, and how its answer is told. */
export interface ChatTranslation {
  readonly input: ChatInput;
  readonly isStream: boolean;
  readonly format: ChatFormat;
}

/** Chat through a strategy, for every pair of a door and a dialect that do not speak the same. */
@Injectable()
export class TranslatedChat {
  constructor(private readonly attempts: Attempts) {}

  /** Resolves with an answer that began well. @throws SwitchboardError */
  async open(target: GenerationTarget, asked: ChatTranslation, caller: Caller): Promise<Answer> {
    const { input, isStream, format } = asked;
    const { strategy } = target.provider;
    const controller = new AbortController();
    caller.whenGone((reason) => controller.abort(reason));
    const call = this.attempts.callOf(target, { signal: controller.signal });
    const request = { ...input, model: target.modelId };
    const measure = new ChatMeasure(input);
    const asking = performance.now();
    try {
      if (isStream) {
        const events = await firstOf(streamOf(strategy)(call, request));
        return new TranslatedStream(events, measure, format.stream(target.modelId), controller);
      }
      const result = await chatOf(strategy)(call, request);
      measure.result(result);
      const json = format.plain({ ...result, usage: measure.tokenUsage() }, target.modelId);
      return new WholeAnswer(Buffer.from(JSON.stringify(json)), 'application/json', measure.final());
    } finally {
      caller.waited(performance.now() - asking);
    }
  }
}

class TranslatedStream implements Answer {
  constructor(
    private readonly events: AsyncIterable<ChatEvent>,
    private readonly measure: ChatMeasure,
    private readonly format: StreamFormat,
    private readonly controller: AbortController,
  ) {}

  async deliver(outlet: Outlet): Promise<void> {
    const { response } = outlet;
    outlet.begin({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    try {
      response.write(this.format.begin());
      for await (const event of this.events) {
        this.measure.event(event);
        if (event.type === 'finish') {
          await outlet.settle(this.measure.final());
          response.end(this.format.finish(event.finishReason, this.measure.tokenUsage()));
          return;
        }
        outlet.firstToken();
        const text = this.format.event(event);
        if (text === '' || response.write(text)) continue;
        await Promise.race([once(response, 'drain'), once(response, 'close')]);
      }
      throw new SwitchboardError('upstream_bad_response', 'The stream ended before the answer did.');
    } catch (thrown) {
      const reason: unknown = this.controller.signal.reason;
      const error = reason instanceof SwitchboardError ? reason : thrown;
      if (!response.destroyed) response.end(this.format.error(toSwitchboardError(error)));
      throw error;
    }
  }

  partial(): Measured {
    return this.measure.partial();
  }

  discard(): void {
    this.controller.abort();
  }
}
