import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LLMock } from '@copilotkit/aimock';
import { Ajv } from 'ajv';
import sharp from 'sharp';
import { pcmToWav, readWav } from '../../src/core/audio/index.js';
import { CONTENT_SCHEMA } from '../../src/generation/content/index.js';
import { eventsIn, textIn } from './event-list.js';
import { GenerationApp } from './generation-app.js';

const ARTICLE = {
  title: 'Tee',
  meta_title: 'Tee',
  meta_description: 'Alles über Tee.',
  slug: 'tee',
  keywords: ['Tee'],
  content: 'Grüner Tee zieht drei Minuten.',
};
const SAMPLES = Buffer.alloc(48_000);
const WAV = pcmToWav(SAMPLES, { sampleRate: 24_000, channels: 1, bitsPerSample: 16 });

/** Paths of the base URLs on the emulator, and what each vendor can do there. */
const VENDORS = [
  ['openai', '/v1', ['chat', 'content', 'image', 'audio']],
  ['gemini', '/v1beta', ['chat', 'content']],
  ['anthropic', '/v1', ['chat', 'content']],
  ['cohere', '', ['chat', 'content']],
  ['openrouter', '/v1', ['chat', 'content', 'audio']],
  ['groq', '/v1', ['chat', 'content', 'audio']],
  ['deepseek', '/v1', ['chat', 'content']],
] as const;

/** Vendors' protocols as somebody else understood them. */
describe('generation against an emulator that nobody here wrote', () => {
  const emulator = new LLMock({ port: 0, latency: 0 });
  let app: GenerationApp;

  beforeAll(async () => {
    const picture = await sharp({ create: { width: 1024, height: 1024, channels: 3, background: 'navy' } })
      .png()
      .toBuffer();
    emulator.onMessage(/Topic: Tee/, { content: JSON.stringify(ARTICLE) });
    emulator.onMessage('hello', { content: 'سلام, how are you today?' });
    emulator.onImage(/fox/, { image: { b64Json: picture.toString('base64') } });
    emulator.onSpeech(/morning/, { audio: WAV.toString('base64'), format: 'wav' });
    await emulator.start();
    app = await GenerationApp.start([new URL(emulator.url).host]);
    for (const [slug, path, capabilities] of VENDORS)
      await app.connect(
        slug,
        `${emulator.url}${path}`,
        Object.fromEntries(capabilities.map((name) => [name, 'some-model'])),
      );
  });
  afterAll(async () => {
    await app.stop();
    await emulator.stop();
  });

  const able = (capability: string) =>
    VENDORS.filter(([, , capabilities]) => (capabilities as readonly string[]).includes(capability)).map(
      ([slug]) => slug,
    );

  it.each(able('chat'))('%s chats, plain and streamed', async (provider) => {
    const plain = await app.post('/api/admin/ai/chat/send', { provider, message: 'hello' });
    const streamed = await app.post('/api/admin/ai/chat/send', { provider, message: 'hello', stream: true });
    expect(plain.json['reply']).toBe('سلام, how are you today?');
    expect(textIn(eventsIn(streamed.bytes))).toBe('سلام, how are you today?');
  });

  it.each(able('content'))('%s writes an article, plain and streamed', async (provider) => {
    const plain = await app.post('/api/admin/ai/content/generate', { provider, topic: 'Tee', language: 'de' });
    const draft = Object.fromEntries(Object.keys(ARTICLE).map((name) => [name, plain.json[name]]));
    expect(new Ajv().validate(CONTENT_SCHEMA, draft)).toBe(true);
    expect(draft).toEqual(ARTICLE);
    const streamed = await app.post('/api/admin/ai/content/generate', { provider, topic: 'Tee', stream: true });
    expect(textIn(eventsIn(streamed.bytes))).toBe(ARTICLE.content);
  });

  it.each(able('image'))('%s makes a picture of exactly the size', async (provider) => {
    const { json } = await app.post('/api/admin/ai/image/generate', { provider, prompt: 'A fox', size: '1200x630' });
    const [image] = json['images'] as { b64_json: string }[];
    const facts = await sharp(Buffer.from(image?.b64_json ?? '', 'base64')).metadata();
    expect(facts).toMatchObject({ format: 'png', width: 1200, height: 630 });
  });

  it.each(able('audio'))('%s speaks', async (provider) => {
    const body = { provider, text: 'Good morning', format: 'wav' };
    const { bytes } = await app.post('/api/admin/ai/audio/generate', body, { accept: 'audio/*' });
    expect(readWav(bytes)).toMatchObject({ sampleRate: 24_000, durationSeconds: 1 });
  });
});
