import { Injectable } from '@nestjs/common';
import { SwitchboardError } from '../../core/errors/index.js';
import type { Capability, ChatEvent, ChatResult, TokenUsage } from '../../providers/index.js';
import { Attempts } from '../attempts.js';
import { openCallSignal } from '../call-signal.js';
import { firstOf } from '../first-of.js';
import type { GenerationContext } from '../generation-context.js';
import { type GenerationTarget, TargetResolver } from '../generation-target.js';
import { Meter } from '../meter.js';
import type { ChatInput } from './chat-input.js';
import { ChatMeasure, expectedOf } from './chat-measure.js';
import { chatOf, streamOf } from './strategy-chat.js';

/** A chat completion with who gave it and what it cost. */
export interface ChatAnswer extends ChatResult {
  /** The vendor’s figures, or our count where it sends none. */
  readonly usage: TokenUsage;
  readonly target: GenerationTarget;
  readonly servedByFallback: boolean;
  /** Decimal string in USD; null when unknown. */
  readonly costUsd: string | null;
}

/** A chat stream whose first event has arrived; `events` ends with `finish` or throws. */
export interface ChatStream {
  readonly target: GenerationTarget;
  readonly servedByFallback: boolean;
  readonly events: AsyncIterable<ChatEvent>;
  /** What it cost; resolves once `events` ended. */
  readonly costUsd: Promise<string | null>;
}

/** Chat completions through whatever model serves them. */
@Injectable()
export class ChatService {
  constructor(
    private readonly targets: TargetResolver,
    private readonly attempts: Attempts,
    private readonly meter: Meter,
  ) {}

  /** @throws SwitchboardError */
  async chat(input: ChatInput, context: GenerationContext, capability: Capability = 'chat'): Promise<ChatAnswer> {
    const tally = this.meter.open(capability, context, false);
    const signal = openCallSignal(context.signal);
    const expected = expectedOf(input);
    let target: GenerationTarget | null = null;
    try {
      target = await this.targets.resolve(capability, context.target, context.admin);
      const attempted = await this.attempts.run(
        target,
        this.targets.standIns(target, context),
        { signal: signal.signal, isRepeatable: true, admit: (wanted) => tally.reserve(wanted, expected) },
        (call, { provider, modelId }) => chatOf(provider.strategy)(call, { ...input, model: modelId }),
      );
      target = attempted.target;
      const measure = new ChatMeasure(input);
      measure.result(attempted.result);
      const costUsd = await tally.settle(target, measure.final());
      return {
        ...attempted.result,
        usage: measure.tokenUsage(),
        target,
        servedByFallback: attempted.isFallback,
        costUsd,
      };
    } catch (thrown) {
      const error = signal.explain(thrown);
      await tally.fail(target, error);
      throw error;
    } finally {
      signal.close();
    }
  }

  /** Resolves when the first event is here; before that it retries and falls back, after that it cannot. */
  async stream(input: ChatInput, context: GenerationContext, capability: Capability = 'chat'): Promise<ChatStream> {
    const tally = this.meter.open(capability, context, true);
    const signal = openCallSignal(context.signal);
    const measure = new ChatMeasure(input);
    const expected = expectedOf(input);
    let target: GenerationTarget | null = null;
    try {
      target = await this.targets.resolve(capability, context.target, context.admin);
      const attempted = await this.attempts.run(
        target,
        this.targets.standIns(target, context),
        { signal: signal.signal, isRepeatable: true, admit: (wanted) => tally.reserve(wanted, expected) },
        (call, { provider, modelId }) => firstOf(streamOf(provider.strategy)(call, { ...input, model: modelId })),
      );
      const served = attempted.target;
      signal.expectProgress(served.provider.profile.config.timeout);
      let settleCost: (cost: string | null) => void = () => undefined;
      const costUsd = new Promise<string | null>((resolve) => (settleCost = resolve));
      const events = async function* (): AsyncGenerator<ChatEvent> {
        try {
          for await (const event of attempted.result) {
            signal.progress();
            measure.event(event);
            if (event.type === 'finish') {
              settleCost(await tally.settle(served, measure.final()));
              yield { ...event, usage: measure.tokenUsage() };
              return;
            }
            tally.firstToken();
            yield event;
          }
          throw new SwitchboardError('upstream_bad_response', 'The stream ended before the answer did.');
        } catch (thrown) {
          const error = signal.explain(thrown);
          await tally.fail(served, error, measure.partial());
          throw error;
        } finally {
          // A consumer that stopped reading left without an error: what was used until now is settled here.
          if (!context.signal.aborted) signal.abort();
          await tally.fail(served, undefined, measure.partial());
          settleCost(null);
          signal.close();
        }
      };
      return { target: served, servedByFallback: attempted.isFallback, events: events(), costUsd };
    } catch (thrown) {
      const error = signal.explain(thrown);
      await tally.fail(target, error);
      signal.close();
      throw error;
    }
  }
}
