import { Injectable } from '@nestjs/common';
import { SwitchboardError } from '../../core/errors/index.js';
import { pcmToWav } from '../../core/audio/index.js';
import type { Admin } from '../../core/identity/index.js';
import { Clock } from '../../core/time/index.js';
import { KeyVault } from '../../keys/index.js';
import { type Capability, type ProviderCall, ProviderCaller, type ProviderRecord } from '../../providers/index.js';

/** What a model said when it was tried. */
export interface Verification {
  /** Its words, cut to `LONGEST_REPLY`; null where a model has none: pictures, sound, vectors, an empty answer. */
  readonly reply: string | null;
  /** Bytes of the picture or sound; null for other capabilities. */
  readonly bytes: number | null;
  /** Milliseconds from the question to the end of the answer. */
  readonly latencyMs: number;
}

const VERIFY_TIMEOUT_MS = 60_000;
/** Characters; a model that was asked for one word and sends a novel shows its beginning. */
const LONGEST_REPLY = 500;
/** A sound this long is one; the rest is not waited for. */
const ENOUGH_SOUND = 1024 * 1024;

type Answer = Pick<Verification, 'reply' | 'bytes'>;

/** Makes the smallest real call that shows a model serves a capability. */
@Injectable()
export class ModelVerifier {
  constructor(
    private readonly vault: KeyVault,
    private readonly caller: ProviderCaller,
    private readonly clock: Clock,
  ) {}

  /** @throws SwitchboardError of the upstream when the model does not answer */
  async verify(provider: ProviderRecord, capability: Capability, model: string, admin: Admin): Promise<Verification> {
    const { secret } = this.vault.resolve(provider, admin);
    const signal = AbortSignal.timeout(VERIFY_TIMEOUT_MS);
    const call = this.caller.callFor(provider, secret, { signal, totalMs: VERIFY_TIMEOUT_MS });
    const startedAt = this.clock.monotonic();
    const answer = await ask(provider, call, capability, model);
    return { ...answer, latencyMs: Math.round(this.clock.monotonic() - startedAt) };
  }
}

async function ask(
  { strategy, displayName }: ProviderRecord,
  call: ProviderCall,
  capability: Capability,
  model: string,
): Promise<Answer> {
  switch (capability) {
    case 'chat':
    case 'content': {
      const messages = [{ role: 'user' as const, content: 'Reply with: ok' }];
      const result = await strategy?.chat?.(call, { model, messages, maxTokens: 16 });
      return said(result?.text);
    }
    case 'image': {
      const result = await strategy?.image?.(call, { model, prompt: 'A small blue circle', count: 1 });
      return { reply: null, bytes: result?.images[0]?.bytes.length ?? null };
    }
    case 'audio': {
      const speech = await strategy?.speech?.(call, { model, text: 'ok' });
      let bytes = 0;
      for await (const chunk of speech?.audio ?? []) {
        bytes += chunk.length;
        if (bytes >= ENOUGH_SOUND) break;
      }
      if (bytes === 0) throw new SwitchboardError('upstream_bad_response', `${displayName} answered without a sound.`);
      return { reply: null, bytes };
    }
    case 'embedding':
      await strategy?.embed?.(call, { model, input: ['ok'] });
      return { reply: null, bytes: null };
    case 'transcription': {
      const result = await strategy?.transcribe?.(call, {
        model,
        audio: halfSecondOfSilence(),
        fileName: 'silence.wav',
      });
      return said(result?.text);
    }
  }
}

/** Cut between characters, not within one. */
function said(text = ''): Answer {
  return {
    reply:
      text
        .trim()
        .slice(0, LONGEST_REPLY)
        .replace(/[\ud800-\udbff]$/, '') || null,
    bytes: null,
  };
}

function halfSecondOfSilence(): Uint8Array {
  const sampleRate = 16_000;
  return pcmToWav(new Uint8Array(sampleRate), { sampleRate, channels: 1, bitsPerSample: 16 });
}
