import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadFacts } from '../support/recordings.js';
import { eventsOf, TestServer } from '../support/test-server.js';
import { type EmulatedVendor, VendorEmulator } from '../support/vendor-emulator.js';

const KEY = 'sk-emulated-key-0123456789';

/** Small lists in the vendors' shapes, for machines without the recorded ones. */
const OWN_LISTS: Readonly<Record<string, unknown>> = {
  'openai-models.json': { object: 'list', data: [{ id: 'gpt-6-mini' }, { id: 'gpt-6-luna' }, { id: 'gpt-image-2' }] },
  'openrouter-models.json': {
    data: [
      {
        id: 'lab/talker',
        name: 'Lab: Talker',
        architecture: { input_modalities: ['text'], output_modalities: ['text'] },
        pricing: { prompt: '0.00000025', completion: '0.000002' },
      },
      {
        id: 'lab/talker:free',
        name: 'Lab: Talker (free)',
        architecture: { input_modalities: ['text'], output_modalities: ['text'] },
        pricing: { prompt: '0', completion: '0' },
      },
      {
        id: 'openrouter/auto',
        name: 'Auto',
        architecture: { input_modalities: ['text'], output_modalities: ['text'] },
        pricing: { prompt: '-1', completion: '-1' },
      },
      {
        id: 'lab/painter',
        name: 'Lab: Painter',
        architecture: { input_modalities: ['text'], output_modalities: ['image'] },
        pricing: { prompt: '0.000001', completion: '0.00001' },
      },
    ],
  },
  'groq-models.json': {
    object: 'list',
    data: [
      { id: 'openai/gpt-oss-20b', active: true },
      { id: 'qwen/qwen3-32b', active: true },
    ],
  },
  'deepseek-models.json': { object: 'list', data: [{ id: 'deepseek-v4-flash' }, { id: 'deepseek-v4-pro' }] },
  'gemini-models.json': {
    models: ['gemini-3.5-flash', 'gemini-3.8-flash'].map((id) => ({
      name: `models/${id}`,
      displayName: id,
      supportedGenerationMethods: ['generateContent'],
    })),
  },
};

const listOf = (file: string): unknown => loadFacts(file) ?? OWN_LISTS[file];

const VENDORS: readonly EmulatedVendor[] = [
  {
    slug: 'openai',
    basePath: '/openai/v1',
    generationPath: '/v1',
    list: listOf('openai-models.json'),
    keyHeader: 'authorization',
  },
  {
    slug: 'openrouter',
    basePath: '/openrouter/api/v1',
    generationPath: '/v1',
    list: listOf('openrouter-models.json'),
    keyHeader: 'authorization',
  },
  {
    slug: 'groq',
    basePath: '/groq/openai/v1',
    generationPath: '/v1',
    list: listOf('groq-models.json'),
    keyHeader: 'authorization',
  },
  {
    slug: 'deepseek',
    basePath: '/deepseek',
    generationPath: '/v1',
    list: listOf('deepseek-models.json'),
    keyHeader: 'authorization',
  },
  {
    slug: 'gemini',
    basePath: '/gemini/v1beta',
    generationPath: '/v1beta',
    list: listOf('gemini-models.json'),
    keyHeader: 'x-goog-api-key',
  },
];

interface Browsed {
  models: {
    id: string;
    is_free: boolean;
    is_selected: boolean;
    is_active: boolean;
    pricing: { input: string | null; output: string | null } | null;
  }[];
  total: number;
  selected_model: string | null;
  stale: boolean;
}

describe('from an empty database to a first answer', () => {
  const emulator = new VendorEmulator(VENDORS, KEY);
  let server: TestServer;

  beforeAll(async () => {
    emulator.generation.onMessage('Who are you?', { content: 'A model behind the emulator.' });
    await emulator.start();
    server = await TestServer.start({ ALLOW_PRIVATE_UPSTREAMS: emulator.host });
    for (const { slug } of VENDORS)
      expect(
        (await server.call('PATCH', `/api/admin/ai-providers/${slug}`, { api_base_url: emulator.baseUrl(slug) }))
          .status,
      ).toBe(200);
  });
  afterAll(async () => {
    await server.stop();
    await emulator.stop();
  });

  it('answers through the sandbox before there is any key, plain and streamed', async () => {
    const plain = await server.call('POST', '/api/admin/ai/chat/send', { message: 'Hello' });
    expect(plain.status).toBe(200);
    expect(plain.body).toMatchObject({ provider: { slug: 'sandbox' }, finish_reason: 'stop', cost_usd: '0' });
    const events = eventsOf(
      (await server.call('POST', '/api/admin/ai/chat/send', { message: 'Hello', stream: true })).text,
    );
    const text = events
      .filter(({ event }) => event === 'delta')
      .map(({ data }) => data['text'])
      .join('');
    expect(events.at(-1)).toMatchObject({ event: 'done', data: { reply: text } });
    expect(text).toContain('Hello');
  });

  it.each(VENDORS.map(({ slug }) => slug))(
    '%s: key, browse, select, chat, stream, switch; the next answer comes from the new model',
    async (slug) => {
      const wrong = await server.call('PUT', `/api/admin/ai-providers/${slug}/shared-key`, {
        api_key: 'sk-wrong-key-000000',
      });
      expect(wrong.status).toBe(200);
      const verdict = await server.call('POST', `/api/admin/ai-providers/${slug}/validate-key`, { scope: 'shared' });
      expect(verdict.body).toMatchObject({ valid: false });
      expect(verdict.text).not.toContain('sk-wrong-key-000000');

      const set = await server.call('PUT', `/api/admin/ai-providers/${slug}/shared-key`, { api_key: KEY });
      expect(set.body).toMatchObject({ last4: '6789', status: 'unverified' });
      expect(set.text).not.toContain(KEY);
      const valid = await server.call('POST', `/api/admin/ai-providers/${slug}/validate-key`, { scope: 'shared' });
      expect(valid.body).toMatchObject({ valid: true, reason: null });

      await server.call('POST', '/api/admin/ai-models/sync', { provider: slug });
      const browsed = await server.call<Browsed>(
        'GET',
        `/api/admin/ai-models/browse-models?provider=${slug}&capability=chat`,
      );
      const [first, second] = browsed.body.models;
      if (!first || !second) throw new Error(`${slug} lists too few chat models`);

      const selected = await server.call('POST', '/api/admin/ai-models/select-model', {
        provider: slug,
        capability: 'chat',
        model_id: first.id,
      });
      expect(selected).toMatchObject({ status: 200, body: { is_active: true, model_id: first.id, scope: 'shared' } });
      expect(selected.body['previous']).not.toBeNull();

      const answer = await server.call('POST', '/api/admin/ai/chat/send', { message: 'Who are you?' });
      expect(answer.body).toMatchObject({
        reply: 'A model behind the emulator.',
        model: { id: first.id },
        provider: { slug },
        finish_reason: 'stop',
      });
      const streamed = eventsOf(
        (await server.call('POST', '/api/admin/ai/chat/send', { message: 'Who are you?', stream: true })).text,
      );
      expect(streamed.at(-1)).toMatchObject({
        event: 'done',
        data: { reply: 'A model behind the emulator.', model: { id: first.id } },
      });

      const switched = await server.call('POST', '/api/admin/ai-models/select-model', {
        provider: slug,
        capability: 'chat',
        model_id: second.id,
      });
      expect(switched.body).toMatchObject({ created: false, previous: { provider: slug, model_id: first.id } });
      const next = await server.call('POST', '/api/admin/ai/chat/send', { message: 'Who are you?' });
      expect(next.body).toMatchObject({ model: { id: second.id }, provider: { slug } });

      const again = await server.call<Browsed>(
        'GET',
        `/api/admin/ai-models/browse-models?provider=${slug}&capability=chat`,
      );
      expect(again.body.selected_model).toBe(second.id);
      expect(again.body.models.filter((model) => model.is_active).map((model) => model.id)).toEqual([second.id]);
      expect(again.body.models[0]?.id).toBe(second.id);
    },
  );

  it('leaves one ledger row per generation, with tokens and how they were obtained', async () => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    const { body } = await server.call<{ data: Record<string, unknown>[]; total: number }>(
      'GET',
      '/api/admin/ai/generations?limit=200',
    );
    expect(body.total).toBe(2 + VENDORS.length * 3);
    for (const row of body.data)
      expect(row).toMatchObject({
        status: 'ok',
        capability: 'chat',
        usage_source: expect.stringMatching(/provider|counted/),
      });
  });

  it('understands OpenRouter’s list: text prices per token, "-1" as unknown, free ones flagged, pictures elsewhere', async () => {
    const chat = await server.call<Browsed>(
      'GET',
      '/api/admin/ai-models/browse-models?provider=openrouter&capability=chat',
    );
    const byId = new Map(chat.body.models.map((model) => [model.id, model]));
    expect(byId.get('openrouter/auto')?.pricing?.input ?? null).toBeNull();
    const free = chat.body.models.filter((model) => model.is_free);
    expect(free.length).toBeGreaterThan(0);
    expect(free.every((model) => model.pricing?.input === '0')).toBe(true);
    const priced = chat.body.models.find((model) => !model.is_free && model.pricing?.input);
    expect(Number(priced?.pricing?.input)).toBeGreaterThan(0.001);
    const image = await server.call<Browsed>(
      'GET',
      '/api/admin/ai-models/browse-models?provider=openrouter&capability=image',
    );
    const pureImages = image.body.models.filter((model) => /painter|flux|seedream|recraft/.test(model.id));
    for (const model of pureImages) expect(byId.has(model.id)).toBe(false);
  });

  const real = loadFacts('openrouter-models.json') === null ? it.skip : it;
  real('lists all 414 recorded OpenRouter models (skipped: no recordings)', async () => {
    const { body } = await server.call<{ catalog: { model_count: number } }>(
      'GET',
      '/api/admin/ai-providers/openrouter',
    );
    expect(body.catalog.model_count).toBe(414);
  });
});
