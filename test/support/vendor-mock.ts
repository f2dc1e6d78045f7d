import { LLMock } from '@copilotkit/aimock';
import { GatewayApp, type TestProvider } from './gateway-app.js';

export const TEXT = 'سلام, how are you today? 🙂';
export const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
export const SOUND = Buffer.from('ID3 a sound that an emulator made, byte for byte').toString('base64');

/** Each dialect: the slug of its provider in these tests, its strategy and the path of its base URL. */
export const DIALECTS = [
  ['mock-openai', 'openai-compatible', '/v1', 'gpt-4o'],
  ['mock-anthropic', 'anthropic', '/v1', 'claude-sonnet-4-5'],
  ['mock-gemini', 'gemini', '/v1beta', 'gemini-2.5-flash'],
  ['mock-cohere', 'cohere', '', 'command-a-03-2025'],
] as const;

/** `provider/model` of each dialect. */
export const MODELS: readonly string[] = DIALECTS.map(([slug, , , model]) => `${slug}/${model}`);

const WIRES: Readonly<Record<string, object>> = {
  gemini: { wire: { auth: { type: 'header', name: 'x-goog-api-key' } } },
  anthropic: { wire: { auth: { type: 'header', name: 'x-api-key' } } },
};

/** An emulator that speaks every dialect on one port, nothing of it written here, and a gateway before it. */
export async function startWithVendors(): Promise<{ vendors: LLMock; gateway: GatewayApp }> {
  const vendors = new LLMock({ port: 0, latency: 0 });
  vendors.onMessage('hello', { content: TEXT });
  vendors.on(
    { userMessage: 'Berlin', hasToolResult: false },
    { toolCalls: [{ name: 'weather', arguments: '{"city":"Berlin"}' }] },
  );
  vendors.on({ userMessage: 'Berlin', hasToolResult: true }, { content: 'It rains.' });
  vendors.onMessage('too fast', { error: { message: 'Slow down', type: 'rate_limit_error' }, status: 429 });
  vendors.onMessage('bad key', { error: { message: 'No such key', type: 'authentication_error' }, status: 401 });
  vendors.onMessage('slowly', { content: 'word '.repeat(100) }, { latency: 30 });
  vendors.onImage(/.*/, { image: { b64Json: PNG } });
  vendors.onSpeech(/.*/, { audio: SOUND, format: 'mp3' });
  vendors.onEmbedding(/.*/, { embedding: [0.5, -0.25, 0.125] });
  vendors.onTranscription({ transcription: { text: 'Some words.' } });
  await vendors.start();
  const providers = DIALECTS.map(([slug, strategy, path, model], index): TestProvider => ({
    slug,
    strategy,
    url: `${vendors.url}${path}`,
    config: WIRES[strategy] ?? {},
    models: {
      chat: model,
      ...(index === 0 && {
        image: 'gpt-image-1',
        audio: 'tts-1',
        embedding: 'text-embedding-3-small',
        transcription: 'whisper-1',
      }),
    },
    activate: index === 0,
  }));
  return { vendors, gateway: await GatewayApp.start(providers) };
}
