import { describe, expect, it } from '@jest/globals';
import { detectCapabilities, modelFacts } from './index.js';

const CHAT = ['chat', 'content'];

describe('capability detection', () => {
  it('lets declared output modalities decide over the name', () => {
    expect(detectCapabilities('some/image-maker', { outputModalities: ['text'] })).toEqual(CHAT);
    expect(detectCapabilities('google/gemini-2.5-flash-image', { outputModalities: ['image', 'text'] })).toEqual([
      ...CHAT,
      'image',
    ]);
    expect(detectCapabilities('canopylabs/orpheus-v1-english', { outputModalities: ['speech'] })).toEqual(['audio']);
    expect(detectCapabilities('x', { outputModalities: ['video'] })).toEqual([]);
    expect(detectCapabilities('x', { outputModalities: ['embeddings'] })).toEqual([]);
    expect(detectCapabilities('x', { outputModalities: ['transcription'] })).toEqual([]);
  });

  it('serves nothing with a model that reads no text', () => {
    expect(detectCapabilities('x', { outputModalities: ['text'], inputModalities: ['audio'] })).toEqual([]);
  });

  it('lets the declared type decide over the name, and ignores types it does not know', () => {
    expect(detectCapabilities('deepgram/flux', { kind: 'transcribe' })).toEqual(['transcription']);
    expect(detectCapabilities('Qwen/Qwen3-8B-Base', { kind: 'language' })).toEqual([]);
    expect(detectCapabilities('a/b', { kind: 'text-to-image' })).toEqual(['image']);
    expect(detectCapabilities('a/b', { kind: 'Text-to-Speech' })).toEqual(['audio']);
    expect(detectCapabilities('a/b', { kind: 'zero-shot-classification' })).toEqual([]);
    expect(detectCapabilities('flux.1-dev', { kind: 'base' })).toEqual(['image']);
  });

  it.each([
    ['gpt-5.4-mini', CHAT],
    ['models/gemini-2.5-flash', CHAT],
    ['meta-llama/Llama-3.3-70B-Instruct:free', CHAT],
    ['gpt-image-2', ['image']],
    ['black-forest-labs/FLUX.1-schnell', ['image']],
    ['accounts/fireworks/models/stable-diffusion-xl', ['image']],
    ['gpt-4o-mini-tts', ['audio']],
    ['gemini-2.5-pro-preview-tts', ['audio']],
    ['gemini-3-pro-image', [...CHAT, 'image']],
    ['gpt-audio-mini', CHAT],
    ['ft:gpt-4o-mini:acme::abc123', CHAT],
    ['fal-ai/flux/schnell', ['image']],
    ['elevenlabs/multilingual-v2', ['audio']],
    ['qwen3-omni-flash', CHAT],
    ['text-embedding-3-small', ['embedding']],
    ['BAAI/bge-m3', ['embedding']],
    ['whisper-large-v3', ['transcription']],
    ['gpt-4o-transcribe', ['transcription']],
    ['deepgram/nova-2-meeting', ['transcription']],
  ])('reads the name %s', (id, expected) => {
    expect(detectCapabilities(id)).toEqual(expected);
  });

  it.each([
    'bge-reranker-v2-m3',
    'omni-moderation-latest',
    'meta-llama/Llama-Guard-4-12B',
    'gpt-realtime-mini',
    'gemini-3.1-flash-live-preview',
    'gemini-2.5-flash-native-audio-latest',
    'mistral-ocr-latest',
    'sora-2',
    'grok-imagine-video',
    'gpt-3.5-turbo-instruct',
    'ft:babbage-002:acme::abc123',
  ])('keeps %s out of every capability', (id) => {
    expect(detectCapabilities(id)).toEqual([]);
  });

  it('keeps the pictures of a model whose name reads like a judge, and nothing of a realtime session', () => {
    expect(detectCapabilities('acme/vanguard-diffusion', { kind: 'text-to-image' })).toEqual(['image']);
    expect(detectCapabilities('gpt-realtime', { outputModalities: ['text', 'audio'] })).toEqual([]);
  });

  it('asks the price list when the name says nothing', () => {
    expect(detectCapabilities('gpt-audio', { providerSlug: 'openai' })).toEqual(CHAT);
    expect(detectCapabilities('voyage-3-large', { providerSlug: 'voyage' })).toEqual(['embedding']);
  });

  it('keeps guards and embedders out even where a list declares text', () => {
    expect(detectCapabilities('meta-llama/llama-guard-4-12b', { outputModalities: ['text'] })).toEqual([]);
    expect(detectCapabilities('nvidia/nv-embedqa-e5-v5', { kind: 'chat' })).toEqual([]);
  });

  it('answers fast for hostile names', () => {
    const started = performance.now();
    detectCapabilities(`${'-/'.repeat(50_000)}a`, { providerSlug: 'openai' });
    detectCapabilities('a'.repeat(100_000), { providerSlug: 'openai', kind: 'z'.repeat(100_000) });
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('model facts', () => {
  it('gives context and prices as decimal strings per million tokens', () => {
    expect(modelFacts('openai', 'gpt-4o')).toMatchObject({
      contextLength: 128_000,
      pricing: { input: '2.5', output: '10', cachedInput: '1.25', image: null, source: 'genai-prices' },
    });
    expect(modelFacts('gemini', 'models/gemini-2.5-flash')?.pricing?.input).toBe('0.3');
  });

  it('takes the base of tiered prices', () => {
    expect(modelFacts('anthropic', 'claude-sonnet-4-5')?.pricing).toMatchObject({ input: '3', output: '15' });
  });

  it('knows nothing of models and vendors outside the list, nor of vendors with a similar name', () => {
    expect(modelFacts('openai', 'no-such-model')).toBeNull();
    expect(modelFacts('no-such-vendor', 'gpt-4o')).toBeNull();
    expect(modelFacts('my-openai-proxy', 'gpt-4o')).toBeNull();
  });
});
