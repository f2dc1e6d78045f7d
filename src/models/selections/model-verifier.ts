import { Injectable } from '@nestjs/common';
import { SwitchboardError } from '../../core/errors/index.js';
import { pcmToWav } from '../../core/audio/index.js';
import type { Admin } from '../../core/identity/index.js';
import { KeyVault } from '../../keys/index.js';
import { type Capability, ProviderCaller, type ProviderRecord } from '../../providers/index.js';

const VERIFY_TIMEOUT_MS = 60_000;

/** Makes the smallest real call that shows a model serves a capability. */
@Injectable()
export class ModelVerifier {
  constructor(
    private readonly vault: KeyVault,
    private readonly caller: ProviderCaller,
  ) {}

  /** @throws SwitchboardError of the upstream when the model does not answer */
  async verify(provider: ProviderRecord, capability: Capability, model: string, admin: Admin): Promise<void> {
    const { secret } = this.vault.resolve(provider, admin);
    const signal = AbortSignal.timeout(VERIFY_TIMEOUT_MS);
    const call = this.caller.callFor(provider, secret, { signal, totalMs: VERIFY_TIMEOUT_MS });
    const { strategy } = provider;
    switch (capability) {
      case 'chat':
      case 'content':
        await strategy?.chat?.(call, { model, messages: [{ role: 'user', content: 'Reply with: ok' }], maxTokens: 16 });
        return;
      case 'image':
        await strategy?.image?.(call, { model, prompt: 'A small blue circle', count: 1 });
        return;
      case 'audio': {
        const speech = await strategy?.speech?.(call, { model, text: 'ok' });
        for await (const chunk of speech?.audio ?? []) if (chunk.length > 0) return;
        throw new SwitchboardError('upstream_bad_response', `${provider.displayName} answered without a sound.`);
      }
      case 'embedding':
        await strategy?.embed?.(call, { model, input: ['ok'] });
        return;
      case 'transcription':
        await strategy?.transcribe?.(call, { model, audio: halfSecondOfSilence(), fileName: 'silence.wav' });
        return;
    }
  }
}

function halfSecondOfSilence(): Uint8Array {
  const sampleRate = 16_000;
  return pcmToWav(new Uint8Array(sampleRate), { sampleRate, channels: 1, bitsPerSample: 16 });
}
