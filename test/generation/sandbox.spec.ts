import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import sharp from 'sharp';
import { readWav } from '../../src/core/audio/index.js';
import { CONTENT_SCHEMA } from '../../src/generation/content/index.js';
import { eventsIn, textIn } from './event-list.js';
import { type Answered, GenerationApp } from './generation-app.js';

const TOPIC = 'فواید چای سبز برای سلامت قلب و مغز و تأثیر آن بر خواب و تمرکز در زندگی روزمره';

let app: GenerationApp;

beforeAll(async () => {
  app = await GenerationApp.start();
});
afterAll(() => app.stop());

const data = ({ json }: Answered) => json['data'] as Record<string, unknown>[];
const usageOf = (row: Record<string, unknown> | undefined) => row?.['usage'] as Record<string, unknown>;
const idOf = ({ headers }: Answered) => String(headers['x-request-id']);

describe('content over HTTP', () => {
  it('writes about a Persian topic in Persian, with fields within their lengths', async () => {
    const answer = await app.post('/api/admin/ai/content/generate', { topic: TOPIC, word_count: 300 });
    expect(answer.status).toBe(200);
    const { json } = answer;
    const { title, meta_title, meta_description, slug, keywords, content } = json;
    const draft = { title, meta_title, meta_description, slug, keywords, content };
    expect(new Ajv().validate(CONTENT_SCHEMA, draft)).toBe(true);
    expect(String(title).length).toBeLessThanOrEqual(60);
    expect(String(meta_title).length).toBeLessThanOrEqual(60);
    expect(String(meta_description).length).toBeLessThanOrEqual(160);
    expect(slug).toMatch(/^[\p{Script=Arabic}\p{M}\p{N}-]+$/u);
    const letters = [...String(content)].filter((letter) => /\p{L}/u.test(letter));
    expect(letters.filter((letter) => /\p{Script=Arabic}/u.test(letter)).length / letters.length).toBeGreaterThan(0.9);
    expect(Math.abs(Number(json['word_count']) - 300)).toBeLessThanOrEqual(60);
    expect(json['warnings']).toEqual([]);
    expect(json).toMatchObject({ provider: { slug: 'sandbox' }, model: { id: 'sandbox-chat' }, cost_usd: '0' });
    const [row, ...others] = await app.ledger(idOf(answer));
    expect(others).toEqual([]);
    expect(row).toMatchObject({ capability: 'content', status: 'ok', stream: false, provider: 'sandbox' });
  });

  it.each([
    ['ar', 'فوائد الشاي الأخضر', /\p{Script=Arabic}/u],
    ['zh', '绿茶的好处', /\p{Script=Han}/u],
    ['de', 'Vorzüge von grünem Tee', /\p{Script=Latin}/u],
  ])('writes in the language of the topic: %s', async (_language, topic, script) => {
    const { json } = await app.post('/api/admin/ai/content/generate', { topic, word_count: 100 });
    const letters = [...String(json['content'])].filter((letter) => /\p{L}/u.test(letter));
    expect(letters.filter((letter) => script.test(letter)).length / letters.length).toBeGreaterThan(0.9);
    expect(json['slug']).toMatch(/^[\p{L}\p{M}\p{N}-]+$/u);
    expect(json['warnings']).toEqual([]);
  });

  it('streams the article as it grows and closes with all of it', async () => {
    const body = { topic: 'Tea', word_count: 120, keywords: ['kettle'], stream: true };
    const answer = await app.post('/api/admin/ai/content/generate', body);
    expect(answer.headers['content-type']).toContain('text/event-stream');
    const all = eventsIn(answer.bytes);
    expect(all.at(-1)?.event).toBe('done');
    expect(all.length).toBeGreaterThan(20);
    expect(textIn(all).trim()).toBe(all.at(-1)?.data['content']);
    expect((await app.ledger(idOf(answer)))[0]).toMatchObject({ status: 'ok', stream: true });
  });

  it.each([
    [{ topic: '' }, 'topic'],
    [{ topic: '   ' }, 'topic'],
    [{ topic: 'x'.repeat(1_000_000) }, 'topic'],
    [{ topic: 'Tea', word_count: -1 }, 'word_count'],
    [{ topic: 'Tea', word_count: 1_000_000 }, 'word_count'],
    [{ topic: 'Tea', word_count: 10.5 }, 'word_count'],
    [{ topic: 'Tea', words: 10 }, 'words'],
    [{ topic: 'Tea', keywords: [1] }, 'keywords'],
    [{ topic: 'Tea', keywords: Array.from({ length: 21 }, String) }, 'keywords'],
  ])('refuses bad input %#', async (body, field) => {
    const { status, json } = await app.post('/api/admin/ai/content/generate', body);
    expect([status, json['code']]).toEqual([400, 'validation_failed']);
    expect((json['errors'] as { field: string }[]).map((error) => error.field)).toContain(field);
  });
});

describe('pictures over HTTP', () => {
  it('come in exactly the size that was asked for', async () => {
    const answer = await app.post('/api/admin/ai/image/generate', { prompt: 'A fox', size: '1200x630', n: 2 });
    expect(answer.status).toBe(200);
    const images = answer.json['images'] as Record<string, unknown>[];
    expect(images).toHaveLength(2);
    for (const image of images) {
      const bytes = Buffer.from(String(image['b64_json']), 'base64');
      expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 });
      expect(image).toMatchObject({ mime: 'image/png', width: 1200, height: 630, url: null, media_id: null });
    }
    const [row] = await app.ledger(idOf(answer));
    expect(row).toMatchObject({ capability: 'image', status: 'ok', cost_usd: '0' });
    expect(usageOf(row)['images']).toBe(2);
  });

  it('are kept for their owner and handed out by a signed address', async () => {
    const body = { prompt: 'A fox', size: '64x64', save_to_media: true };
    const [image] = (await app.post('/api/admin/ai/image/generate', body)).json['images'] as Record<string, unknown>[];
    expect(image?.['b64_json']).toBeNull();
    const signed = await app.get(String(image?.['url']), { authorization: '' });
    expect(signed.headers['content-type']).toBe('image/png');
    expect(await sharp(signed.bytes).metadata()).toMatchObject({ width: 64, height: 64 });
    expect((await app.get(`/media/${String(image?.['media_id'])}`)).bytes.equals(signed.bytes)).toBe(true);
    expect((await app.get(`/media/${String(image?.['media_id'])}`, { authorization: '' })).status).toBe(401);
  });

  it.each([
    [{ prompt: '' }, 'prompt'],
    [{ prompt: ' \n ' }, 'prompt'],
    [{ prompt: 'x'.repeat(1_000_000) }, 'prompt'],
    [{ prompt: 'A fox', size: '0x0' }, 'size'],
    [{ prompt: 'A fox', size: '1200x' }, 'size'],
    [{ prompt: 'A fox', size: '99999x99999' }, 'size'],
    [{ prompt: 'A fox', size: 'large' }, 'size'],
    [{ prompt: 'A fox', n: 0 }, 'n'],
    [{ prompt: 'A fox', n: 100 }, 'n'],
    [{ prompt: 'A fox', n: 1.5 }, 'n'],
    [{ prompt: 'A fox', quality: 'high; drop' }, 'quality'],
  ])('refuse bad input %#', async (body, field) => {
    const { status, json } = await app.post('/api/admin/ai/image/generate', body);
    expect([status, json['code']]).toEqual([400, 'validation_failed']);
    expect((json['errors'] as { field: string }[]).map((error) => error.field)).toContain(field);
  });
});

describe('speech over HTTP', () => {
  const path = '/api/admin/ai/audio/generate';

  it('is the sound itself for who accepts sound', async () => {
    const answer = await app.post(path, { text: 'Good morning' }, { accept: 'audio/*' });
    expect(answer.headers).toMatchObject({ 'content-type': 'audio/wav', 'transfer-encoding': 'chunked' });
    expect(readWav(answer.bytes)).toMatchObject({ sampleRate: 24_000, channels: 1, bitsPerSample: 16 });
    expect(readWav(answer.bytes)?.durationSeconds).toBeCloseTo(12 * 0.07, 2);
    const [row] = await app.ledger(idOf(answer));
    expect(row).toMatchObject({ capability: 'audio', status: 'ok', stream: true });
    expect(usageOf(row)['characters']).toBe(12);
  });

  it('is JSON with its duration for everybody else, slower when asked slower', async () => {
    const { json } = await app.post(path, { text: 'Good morning', speed: 0.5 });
    const audio = json['audio'] as Record<string, unknown>;
    expect(audio).toMatchObject({ mime: 'audio/wav', url: null, media_id: null });
    expect(audio['duration_seconds']).toBeCloseTo(12 * 0.14, 2);
    const wav = readWav(Buffer.from(String(audio['b64']), 'base64'));
    expect(wav?.durationSeconds).toBeCloseTo(Number(audio['duration_seconds']), 5);
    expect(json['usage']).toMatchObject({ characters: 12, images: null });
  });

  it('is kept when asked, whichever way it is answered', async () => {
    const { json } = await app.post(path, { text: 'Keep me', save_to_media: true });
    const audio = json['audio'] as Record<string, unknown>;
    expect(audio['b64']).toBeNull();
    const kept = await app.get(String(audio['url']), { authorization: '' });
    expect([kept.headers['content-type'], readWav(kept.bytes) !== null]).toEqual(['audio/wav', true]);
    const bytes = await app.post(path, { text: 'Keep me', save_to_media: true }, { accept: 'audio/wav' });
    const again = await app.get(`/media/${String(bytes.headers['x-media-id'])}`);
    expect(again.bytes.equals(bytes.bytes)).toBe(true);
  });

  it.each([
    [{ text: '' }, 'text'],
    [{ text: '  ' }, 'text'],
    [{ text: 'x'.repeat(1_000_000) }, 'text'],
    [{ text: 'Hi', speed: 9 }, 'speed'],
    [{ text: 'Hi', format: 'midi' }, 'format'],
    [{ text: 'Hi', voice: '' }, 'voice'],
  ])('refuses bad input %#', async (body, field) => {
    const { status, json } = await app.post(path, body, { accept: 'audio/*' });
    expect([status, json['code']]).toEqual([400, 'validation_failed']);
    expect((json['errors'] as { field: string }[]).map((error) => error.field)).toContain(field);
  });
});

describe('what an admin may use', () => {
  it('lists the providers of a capability with the reason, usable ones first', async () => {
    const rows = data(await app.get('/api/admin/ai/providers?capability=audio'));
    expect(rows[0]).toMatchObject({
      slug: 'sandbox',
      access_state: 'available_shared',
      access_reason: 'It needs no key.',
      selected_model: { id: 'sandbox-audio' },
    });
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.find(({ slug }) => slug === 'openai')).toMatchObject({ access_state: 'no_access' });
    expect(rows.every(({ capabilities }) => (capabilities as string[]).includes('audio'))).toBe(true);
  });

  it('lists the models she may use, the active one first, page by page', async () => {
    const first = await app.get('/api/admin/ai/chat/models?limit=1');
    expect(data(first)[0]).toMatchObject({
      id: 'sandbox-chat',
      provider: 'sandbox',
      is_active: true,
      access_state: 'available_shared',
    });
    const next = await app.get(`/api/admin/ai/chat/models?limit=1&cursor=${String(first.json['next_cursor'])}`);
    expect(data(next)[0]).toMatchObject({ id: 'sandbox-chat-mini', is_active: false });
    expect(data(await app.get('/api/admin/ai/image/models')).map(({ id }) => id)).toContain('sandbox-image');
  });

  it('knows four capabilities and refuses others', async () => {
    expect((await app.get('/api/admin/ai/dance/models')).json['code']).toBe('validation_failed');
    expect((await app.get('/api/admin/ai/providers?capability=dance')).json['code']).toBe('validation_failed');
  });

  it.each([
    ['image', { prompt: 'x', provider: 'anthropic' }],
    ['audio', { text: 'x', provider: 'cohere' }],
  ])('names who has %s where a provider lacks it', async (capability, body) => {
    const { status, json } = await app.post(`/api/admin/ai/${capability}/generate`, body);
    expect([status, json['code']]).toEqual([422, 'operation_not_supported']);
    expect(json['detail']).toContain('openai');
  });
});
