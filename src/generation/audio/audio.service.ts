import { Injectable } from '@nestjs/common';
import { SwitchboardError } from '../../core/errors/index.js';
import type {
  AudioFormat,
  ProviderCall,
  ProviderStrategy,
  SpeechRequest,
  SpeechResult,
  TokenUsage,
} from '../../providers/index.js';
import type { MeteredUsage } from '../../usage/index.js';
import { Attempts } from '../attempts.js';
import { type CallSignal, openCallSignal } from '../call-signal.js';
import { firstOf } from '../first-of.js';
import type { GenerationContext } from '../generation-context.js';
import { type GenerationTarget, TargetResolver } from '../generation-target.js';
import { mediaMeasured } from '../media-usage.js';
import { Meter } from '../meter.js';
import type { Tally } from '../tally.js';

/** What is to be spoken, and how. */
export interface SpeechInput {
  readonly text: string;
  /** In the model's own words. @default the model's */
  readonly voice?: string;
  /** 1 is normal speed. */
  readonly speed?: number;
  readonly format?: AudioFormat;
}

/** Speech whose first bytes have arrived. Read `audio` to its end, or return it: that settles what it cost. */
export interface SpeechAnswer {
  /** MIME type of the audio, from its container. */
  readonly mime: string;
  readonly audio: AsyncIterable<Uint8Array>;
  readonly usage: MeteredUsage;
  readonly target: GenerationTarget;
  readonly servedByFallback: boolean;
  /** Decimal string in USD, null when unknown; resolves once `audio` ended. */
  readonly costUsd: Promise<string | null>;
}

/** Speech through whatever model speaks. */
@Injectable()
export class AudioService {
  constructor(
    private readonly targets: TargetResolver,
    private readonly attempts: Attempts,
    private readonly meter: Meter,
  ) {}

  /**
   * Never asks twice: every request is paid.
   * @param isStream whether the caller gets the audio piece by piece; for the ledger
   * @throws SwitchboardError for what fails before the first byte
   */
  async speak(input: SpeechInput, context: GenerationContext, isStream = true): Promise<SpeechAnswer> {
    const characters = Array.from(input.text).length;
    const tally = this.meter.open('audio', context, isStream);
    const signal = openCallSignal(context.signal);
    let target: GenerationTarget | null = null;
    try {
      target = await this.targets.resolve('audio', context.target, context.admin);
      const attempted = await this.attempts.run(
        target,
        this.targets.standIns(target, context),
        { signal: signal.signal, isRepeatable: false, admit: (wanted) => tally.reserve(wanted, { characters }) },
        async (call, { provider, modelId }) =>
          begun(await speechOf(provider.strategy)(call, requestOf(input, modelId))),
      );
      signal.expectProgress(attempted.target.provider.profile.config.timeout);
      const { mime, audio, usage } = attempted.result;
      const sound = new Sound(audio, attempted.target, usage, characters, tally, signal, context.signal);
      return {
        mime: safeMime(mime),
        audio: sound.pieces(),
        usage: mediaMeasured(usage, { characters }).usage,
        target: attempted.target,
        servedByFallback: attempted.isFallback,
        costUsd: sound.costUsd,
      };
    } catch (thrown) {
      const error = signal.explain(thrown);
      await tally.fail(target, error);
      signal.close();
      throw error;
    }
  }
}

/** The rest of a speech, settled exactly once however its reading ends. */
class Sound {
  readonly costUsd: Promise<string | null>;
  private tellCost: (cost: string | null) => void = () => undefined;

  constructor(
    private readonly audio: AsyncIterable<Uint8Array>,
    private readonly target: GenerationTarget,
    private readonly tokens: TokenUsage | null,
    private readonly characters: number,
    private readonly tally: Tally,
    private readonly signal: CallSignal,
    private readonly caller: AbortSignal,
  ) {
    this.costUsd = new Promise((resolve) => (this.tellCost = resolve));
  }

  async *pieces(): AsyncGenerator<Uint8Array> {
    // All characters are paid as soon as there is sound, however much of it is heard.
    const measured = mediaMeasured(this.tokens, { characters: this.characters });
    try {
      for await (const piece of this.audio) {
        this.signal.progress();
        this.tally.firstToken();
        yield piece;
      }
      this.tellCost(await this.tally.settle(this.target, measured));
    } catch (thrown) {
      const error = this.signal.explain(thrown);
      await this.tally.fail(this.target, error, measured);
      throw error;
    } finally {
      // A consumer that stopped reading left without an error.
      if (!this.caller.aborted) this.signal.abort();
      await this.tally.fail(this.target, undefined, measured);
      this.tellCost(null);
      this.signal.close();
    }
  }
}

/** What is no type of sound is a download; and it goes into a header. */
function safeMime(mime: string): string {
  return /^(?:audio|video)\/[\w.+-]+(?:\s*;\s*\w+=[\w.-]+){0,5}$/.test(mime) ? mime : 'application/octet-stream';
}

/** @throws SwitchboardError `upstream_bad_response` for a sound without a byte */
async function begun(result: SpeechResult): Promise<SpeechResult> {
  const audio = await firstOf(filled(result.audio));
  return { ...result, audio };
}

async function* filled(audio: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let isEmpty = true;
  for await (const piece of audio) {
    if (piece.byteLength === 0) continue;
    isEmpty = false;
    yield piece;
  }
  if (isEmpty) throw new SwitchboardError('upstream_bad_response', 'The provider sent no audio.');
}

function requestOf({ text, voice, speed, format }: SpeechInput, model: string): SpeechRequest {
  return {
    model,
    text,
    ...(voice === undefined ? {} : { voice }),
    ...(speed === undefined ? {} : { speed }),
    ...(format === undefined ? {} : { format }),
  };
}

type Speech = (call: ProviderCall, request: SpeechRequest) => Promise<SpeechResult>;

function speechOf(strategy: ProviderStrategy | undefined): Speech {
  const speech = strategy?.speech?.bind(strategy);
  if (speech === undefined) throw new SwitchboardError('operation_not_supported', 'This provider does not speak.');
  return speech;
}
