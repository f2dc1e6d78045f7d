import { describe, expect, it } from '@jest/globals';
import { OpenAiCompatibleProvider } from '../../src/providers/strategies/openai-compatible.provider.js';
import { callOver, replay } from '../support/recordings.js';

const answer = { status: 200, headers: { 'content-type': 'audio/mpeg' }, body: Buffer.from('ID3 and then sound') };

async function voiceSent(voice: string | undefined, speechVoice: string | null): Promise<unknown> {
  const strategy = new OpenAiCompatibleProvider();
  let body: Promise<string> | undefined;
  const onRequest = (request: Request) => {
    body = request.text();
  };
  const fetch = replay(answer, { onRequest });
  const call = callOver(fetch, strategy, { wire: { speechVoice } });
  await strategy.speech(call, { model: 'voice-1', text: 'Hello', ...(voice === undefined ? {} : { voice }) });
  return (JSON.parse((await body) ?? '{}') as Record<string, unknown>).voice;
}

describe('the voice of an OpenAI-compatible vendor', () => {
  it("is the caller's, else the row's, else left to the vendor", async () => {
    expect(await voiceSent('tara', 'af_alloy')).toBe('tara');
    expect(await voiceSent(undefined, 'af_alloy')).toBe('af_alloy');
    expect(await voiceSent(undefined, null)).toBeUndefined();
  });
});
