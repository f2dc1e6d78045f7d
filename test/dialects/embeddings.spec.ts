import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI from 'openai';
import type { ProviderStrategy } from '../../src/providers/contract/index.js';
import { CohereProvider } from '../../src/providers/strategies/cohere.provider.js';
import { GeminiProvider } from '../../src/providers/strategies/gemini.provider.js';
import { HuggingFaceProvider } from '../../src/providers/strategies/huggingface.provider.js';
import { answering, codeOf } from '../support/canned-answers.js';
import { ADMIN_TOKEN, GatewayApp } from '../support/gateway-app.js';
import { callOver } from '../support/recordings.js';
import { json, ScriptedUpstream } from '../support/scripted-upstream.js';

interface Dialect {
  readonly strategy: ProviderStrategy & Required<Pick<ProviderStrategy, 'embed'>>;
  /** Strategy of a provider's row, and where its base URL ends. */
  readonly named: string;
  readonly base: string;
  readonly model: string;
  readonly path: string;
  /** The vendor's answer with these vectors. */
  readonly answer: (vectors: unknown) => unknown;
  /** What is sent for these texts. */
  readonly body: (texts: readonly string[]) => unknown;
  readonly tokens: number | null;
  /** Texts the vendor takes at once. */
  readonly most: number;
  readonly dimensions: object | null;
}

const DIALECTS: Readonly<Record<string, Dialect>> = {
  gemini: {
    strategy: new GeminiProvider(),
    named: 'gemini',
    base: '/v1beta',
    model: 'gemini-embedding-001',
    path: '/v1beta/models/gemini-embedding-001:batchEmbedContents',
    answer: (vectors) => ({ embeddings: (vectors as unknown[]).map((values) => ({ values })) }),
    body: (texts) => ({
      requests: texts.map((text) => ({ model: 'models/gemini-embedding-001', content: { parts: [{ text }] } })),
    }),
    tokens: null,
    most: 100,
    dimensions: { outputDimensionality: 2 },
  },
  cohere: {
    strategy: new CohereProvider(),
    named: 'cohere',
    base: '',
    model: 'embed-v4.0',
    path: '/v2/embed',
    answer: (vectors) => ({ id: 'x', embeddings: { float: vectors }, meta: { billed_units: { input_tokens: 7 } } }),
    body: (texts) => ({ model: 'embed-v4.0', input_type: 'search_document', embedding_types: ['float'], texts }),
    tokens: 7,
    most: 96,
    dimensions: { output_dimension: 2 },
  },
  huggingface: {
    strategy: new HuggingFaceProvider(),
    named: 'huggingface',
    base: '/v1',
    model: 'BAAI/bge-m3',
    path: '/hf-inference/models/BAAI/bge-m3/pipeline/feature-extraction',
    answer: (vectors) => vectors,
    body: (texts) => ({ inputs: texts }),
    tokens: null,
    most: Infinity,
    dimensions: null,
  },
};

describe.each(Object.entries(DIALECTS))('embeddings of %s', (_name, dialect) => {
  const { strategy, model, base, path } = dialect;
  const callWith = (fetch: typeof globalThis.fetch) =>
    callOver(fetch, strategy, { baseUrl: `https://upstream.test${base}` });
  /** One vector per text of the request, and what was sent. */
  const vendor = () => {
    const sent: { path: string; body: unknown }[] = [];
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      const text = await request.text();
      sent.push({ path: new URL(request.url).pathname, body: JSON.parse(text) });
      const count = [...text.matchAll(/"t\d+"/g)].length;
      return Response.json(dialect.answer(Array.from({ length: count }, (_, index) => [sent.length, index])));
    };
    return { sent, call: callWith(fetch) };
  };

  it('are asked for in the vendor’s words and come back in the order of the texts', async () => {
    const { sent, call } = vendor();
    const { vectors, usage } = await strategy.embed(call, { model, input: ['t1', 't2'] });
    expect(sent).toEqual([{ path, body: dialect.body(['t1', 't2']) }]);
    expect(vectors).toEqual([
      [1, 0],
      [1, 1],
    ]);
    expect(usage?.promptTokens ?? null).toBe(dialect.tokens);
  });

  it('of many texts are asked for in lots that the vendor takes', async () => {
    const { sent, call } = vendor();
    const input = Array.from({ length: 201 }, (_, index) => `t${index}`);
    const { vectors, usage } = await strategy.embed(call, { model, input });
    const lots = Math.ceil(201 / Math.min(dialect.most, 201));
    expect([vectors.length, sent.length]).toEqual([201, lots]);
    expect(usage?.totalTokens ?? null).toBe(dialect.tokens === null ? null : dialect.tokens * lots);
  });

  it('take a length where the vendor can shorten, and refuse it by name where not', async () => {
    const { sent, call } = vendor();
    const pending = strategy.embed(call, { model, input: ['t1'], dimensions: 2 });
    if (dialect.dimensions === null) return expect(await codeOf(pending)).toBe('validation_failed');
    await pending;
    const [first] = sent;
    const body = first?.body as { requests?: object[] };
    expect(body.requests?.[0] ?? body).toMatchObject(dialect.dimensions);
  });

  it.each([
    ['too few', [[1, 2]]],
    ['no numbers', [['a'], ['b']]],
    ['nothing', []],
  ])('that are %s are no answer', async (_what, vectors) => {
    const call = callWith(answering(dialect.answer(vectors)));
    expect(await codeOf(strategy.embed(call, { model, input: ['a', 'b'] }))).toBe('upstream_bad_response');
  });

  it('fail with an error inside 200', async () => {
    const call = callWith(answering({ error: { message: 'no', code: 500, status: 'INTERNAL' } }));
    expect(await codeOf(strategy.embed(call, { model, input: ['a'] }))).toMatch(/^upstream_/);
  });
});

describe('embeddings through /v1 from vendors of other formats', () => {
  let gateway: GatewayApp;
  const upstreams = new Map<string, ScriptedUpstream>();

  beforeAll(async () => {
    for (const name of Object.keys(DIALECTS)) upstreams.set(name, await ScriptedUpstream.listen());
    gateway = await GatewayApp.start([], { allowPrivateUpstreams: [...upstreams.values()].map(({ host }) => host) });
    for (const [name, { named, base, model }] of Object.entries(DIALECTS))
      await gateway.add({
        slug: `my-${name}`,
        url: `${upstreams.get(name)?.origin}${base}`,
        strategy: named,
        models: { embedding: model },
      });
  });
  afterAll(async () => {
    await gateway.close();
    for (const upstream of upstreams.values()) await upstream.close();
  });

  it.each(Object.entries(DIALECTS))('reach OpenAI’s client: %s', async (name, { model, answer, tokens }) => {
    upstreams.get(name)?.only(
      json(
        answer([
          [0.5, -0.25],
          [1, 2],
        ]),
      ),
    );
    const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: ADMIN_TOKEN });
    const input = ['a', 'b'];
    // Without a wish the client asks for base64 and reads it back.
    for (const format of [{}, { encoding_format: 'float' as const }]) {
      const { data, usage } = await client.embeddings.create({ model: `my-${name}/${model}`, input, ...format });
      expect(data.map(({ embedding }) => [...embedding])).toEqual([
        [0.5, -0.25],
        [1, 2],
      ]);
      expect(usage.prompt_tokens).toBe(tokens ?? 0);
    }
  });

  it('of a model that makes one vector per token are refused by name', async () => {
    upstreams.get('huggingface')?.only(
      json([
        [
          [1, 2],
          [3, 4],
        ],
      ]),
    );
    const response = await gateway.post('/v1/embeddings', { model: 'my-huggingface/BAAI/bge-m3', input: 'a' });
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('each token')]);
  });
});
