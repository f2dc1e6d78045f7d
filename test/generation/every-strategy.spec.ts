import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import sharp from 'sharp';
import { pcmToWav, readWav } from '../../src/core/audio/index.js';
import { CONTENT_SCHEMA } from '../../src/generation/content/index.js';
import type { ContractMethod } from '../../src/testing/index.js';
import { TEXT } from '../contract/fixtures/fixture.js';
import { FIXTURES } from '../contract/fixtures/index.js';
import { eventsIn, textIn } from './event-list.js';
import { FixtureUpstream } from './fixture-upstream.js';
import { type Answered, GenerationApp } from './generation-app.js';

const ARTICLE = {
  title: 'چای سبز و سلامت قلب',
  meta_title: 'چای سبز',
  meta_description: 'چای سبز چه سودی برای قلب دارد.',
  slug: 'چای-سبز',
  keywords: ['چای', 'قلب'],
  content: 'چای سبز برای قلب خوب است.\n\n## چرا؟\n\nچون سرشار از «کاتچین» است.',
};
const SAMPLES = Buffer.alloc(24_000);
const WAV = pcmToWav(SAMPLES, { sampleRate: 24_000, channels: 1, bitsPerSample: 16 });

/** Rows of the bundled list; `compatible-row` is made here, as an administrator would. */
const ROWS: Readonly<Record<string, { readonly fixture: string; readonly path: string }>> = {
  openai: { fixture: 'openai', path: '/v1' },
  openrouter: { fixture: 'openrouter', path: '/api/v1' },
  groq: { fixture: 'groq', path: '/openai/v1' },
  deepseek: { fixture: 'deepseek', path: '' },
  gemini: { fixture: 'gemini', path: '/v1beta' },
  anthropic: { fixture: 'anthropic', path: '/v1' },
  cohere: { fixture: 'cohere', path: '' },
  huggingface: { fixture: 'huggingface', path: '/v1' },
  'compatible-row': { fixture: 'openai-compatible', path: '/v1' },
};

const upstream = await FixtureUpstream.listen();
const passes: string[] = [];
let app: GenerationApp;
let picture: Buffer;

beforeAll(async () => {
  app = await GenerationApp.start([upstream.host]);
  picture = await sharp({ create: { width: 1536, height: 1024, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer();
  const made = await app.post('/api/admin/ai-providers', {
    slug: 'compatible-row',
    name: 'Compatible',
    api_base_url: `http://${upstream.host}/v1`,
    capabilities: Object.fromEntries(
      ['chat', 'content', 'image', 'audio'].map((name) => [name, { supported: true, has_dynamic_models: true }]),
    ),
  });
  if (made.status !== 201) throw new Error(made.bytes.toString());
});
afterAll(async () => {
  process.stdout.write(`capabilities answered over HTTP\n${passes.join('\n')}\n`);
  await app.stop();
  await upstream.stop();
});

const nested = (value: unknown, ...keys: string[]) =>
  keys.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], value);

async function rowOf(answer: Answered): Promise<Record<string, unknown>> {
  const rows = await app.ledger(String(answer.headers['x-request-id']));
  expect(rows).toHaveLength(1);
  return rows[0] ?? {};
}

describe.each(Object.entries(ROWS))('%s', (slug, { fixture, path }) => {
  const { cases, say } = FIXTURES[fixture]!;
  const none = (_name: string, _run: () => Promise<void>) => undefined;
  const has = (method: ContractMethod) => (cases[method] === undefined ? none : it);
  const lacks = (method: ContractMethod) => (cases[method] === undefined ? it : none);
  const target = { provider: slug };
  const pass = (capability: string) => passes.push(`${slug} ${capability}`);
  const model = 'someone/some-model';

  beforeAll(async () => {
    upstream.list = cases.listModels?.answer ?? { body: '{}' };
    const capabilities = { chat: 'chat', content: 'chat', image: 'image', audio: 'speech' } as const;
    const wanted = Object.entries(capabilities).filter(([, method]) => cases[method] !== undefined);
    await app.connect(
      slug,
      `http://${upstream.host}${path}`,
      Object.fromEntries(wanted.map(([name]) => [name, model])),
    );
  });

  has('chat')('chats, plain and streamed', async () => {
    upstream.answer(say.chat!(TEXT));
    const plain = await app.post('/api/admin/ai/chat/send', { ...target, message: 'Hello' });
    expect(plain.json).toMatchObject({
      reply: TEXT,
      finish_reason: 'stop',
      provider: { slug },
      usage: { prompt_tokens: 9, completion_tokens: 4 },
    });
    upstream.answer(say.stream!(TEXT));
    const streamed = await app.post('/api/admin/ai/chat/send', { ...target, message: 'Hello', stream: true });
    const events = eventsIn(streamed.bytes);
    expect(textIn(events)).toBe(TEXT);
    expect(events.at(-1)).toMatchObject({ event: 'done', data: { reply: TEXT } });
    expect(await rowOf(streamed)).toMatchObject({ status: 'ok', usage_source: 'provider', stream: true });
    pass('chat');
  });

  has('chat')('writes content, plain and streamed', async () => {
    const body = { ...target, topic: 'چای سبز و سلامت قلب' };
    upstream.answer(say.chat!(JSON.stringify(ARTICLE)));
    const plain = await app.post('/api/admin/ai/content/generate', body);
    upstream.answer(say.stream!(JSON.stringify(ARTICLE)));
    const streamed = await app.post('/api/admin/ai/content/generate', { ...body, stream: true });
    const events = eventsIn(streamed.bytes);
    expect(textIn(events)).toBe(ARTICLE.content);
    for (const article of [plain.json, events.at(-1)?.data ?? {}]) {
      const draft = Object.fromEntries(Object.keys(ARTICLE).map((name) => [name, article[name]]));
      expect(new Ajv().validate(CONTENT_SCHEMA, draft)).toBe(true);
      expect(draft).toEqual(ARTICLE);
    }
    const row = await rowOf(plain);
    expect(row).toMatchObject({ capability: 'content', status: 'ok' });
    expect(nested(row, 'usage', 'total_tokens')).toBe(13);
    pass('content');
  });

  has('image')('makes a picture of exactly 1200x630', async () => {
    upstream.answer(say.image!(picture));
    const answer = await app.post('/api/admin/ai/image/generate', { ...target, prompt: 'A fox', size: '1200x630' });
    expect(answer.status).toBe(200);
    const bytes = Buffer.from(String(nested(answer.json, 'images', '0', 'b64_json')), 'base64');
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 1200, height: 630 });
    expect(nested(answer.json, 'images', '0', 'mime')).toBe('image/jpeg');
    expect(upstream.arrived).toHaveLength(1);
    const row = await rowOf(answer);
    expect([row['capability'], nested(row, 'usage', 'images')]).toEqual(['image', 1]);
    pass('image');
  });

  has('image')('asks once only, and tells a broken picture', async () => {
    const body = { ...target, prompt: 'A fox' };
    upstream.answer(cases.refusals!.serverError);
    expect((await app.post('/api/admin/ai/image/generate', body)).json['code']).toBe('upstream_unavailable');
    expect(upstream.arrived).toHaveLength(1);
    upstream.answer(say.image!(picture.subarray(0, 2000)));
    const broken = await app.post('/api/admin/ai/image/generate', body);
    expect([broken.status, broken.json['code']]).toEqual([502, 'upstream_bad_response']);
    const row = await rowOf(broken);
    expect([row['status'], nested(row, 'usage', 'images')]).toEqual(['error', 1]);
  });

  has('speech')('speaks, as bytes and as JSON', async () => {
    upstream.answer(say.speech!(WAV, SAMPLES));
    const body = { ...target, text: 'Good morning', format: 'wav' };
    const bytes = await app.post('/api/admin/ai/audio/generate', body, { accept: 'audio/*' });
    expect(bytes.headers['content-type']).toBe('audio/wav');
    expect(bytes.bytes.equals(WAV)).toBe(true);
    const { json } = await app.post('/api/admin/ai/audio/generate', body);
    const wav = readWav(Buffer.from(String(nested(json, 'audio', 'b64')), 'base64'));
    expect(wav).toMatchObject({ sampleRate: 24_000, channels: 1, durationSeconds: 0.5 });
    expect(nested(json, 'audio', 'duration_seconds')).toBe(0.5);
    const row = await rowOf(bytes);
    expect([row['capability'], row['status'], nested(row, 'usage', 'characters')]).toEqual(['audio', 'ok', 12]);
    pass('audio');
  });

  has('speech')('passes on what the vendor says of an unknown voice, without the key', async () => {
    upstream.answer(
      say.rejection?.('Unknown voice "nobody" for key test-secret-key-0001.') ?? { status: 400, body: '' },
    );
    const body = { ...target, text: 'Hi', voice: 'nobody' };
    const { status, json } = await app.post('/api/admin/ai/audio/generate', body, { accept: 'audio/*' });
    expect([status, json['code']]).toEqual([400, 'upstream_rejected']);
    expect(json['detail']).toContain('Unknown voice "nobody"');
    expect(json['detail']).not.toContain('test-secret-key-0001');
    expect(upstream.arrived).toHaveLength(1);
  });

  lacks('image')('says who makes pictures, since it does not', async () => {
    const { status, json } = await app.post('/api/admin/ai/image/generate', { ...target, prompt: 'A fox' });
    expect([status, json['code']]).toEqual([422, 'operation_not_supported']);
    expect(json['detail']).toContain('Providers that have: openai, gemini');
  });

  lacks('speech')('says who speaks, since it does not', async () => {
    const { status, json } = await app.post('/api/admin/ai/audio/generate', { ...target, text: 'Hi' });
    expect([status, json['code']]).toEqual([422, 'operation_not_supported']);
    expect(json['detail']).toContain('Providers that have: openai, gemini');
  });
});
