import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PassThrough } from '../../src/generation/gateway/pass-through.js';
import { GatewayApp } from '../support/gateway-app.js';
import {
  chunk,
  chunkedHead,
  forever,
  json,
  lastChunk,
  ScriptedUpstream,
  type Step,
  wait,
} from '../support/scripted-upstream.js';
import { selfSignedCertificate } from '../support/self-signed-certificate.js';

const USAGE = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
const completion = {
  id: 'x',
  object: 'chat.completion',
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
  usage: USAGE,
};
const deltaOf = (content: string, finish: string | null = null) => ({
  id: 'x',
  choices: [{ index: 0, delta: { content }, finish_reason: finish }],
});
const messages = [{ role: 'user', content: 'hey' }];

describe('faults of upstreams through /v1', () => {
  const certificates = {
    expired: selfSignedCertificate('127.0.0.1', -1),
    stranger: selfSignedCertificate('elsewhere.example.com'),
    own: selfSignedCertificate('127.0.0.1'),
  };
  const upstreams: Record<string, ScriptedUpstream> = {};
  let gateway: GatewayApp;
  const at = (name: string) => upstreams[name] as ScriptedUpstream;

  beforeAll(async () => {
    for (const [name, tls] of Object.entries(certificates)) upstreams[name] = await ScriptedUpstream.listen({ tls });
    for (const name of ['plain', 'stalled', 'first', 'second', 'drip', 'split'])
      upstreams[name] = await ScriptedUpstream.listen();
    upstreams['plain'] = await ScriptedUpstream.listen({
      onConnection: (socket) => socket.write('HTTP/1.1 400 No\r\n\r\n'),
    });
    gateway = await GatewayApp.start([], { allowPrivateUpstreams: Object.values(upstreams).map(({ host }) => host) });
  });
  afterAll(async () => {
    await gateway.close();
    await Promise.all(Object.values(upstreams).map((upstream) => upstream.close()));
  });

  const ask = (model: string, isStream = false) =>
    gateway.post('/v1/chat/completions', { model, messages, stream: isStream });
  const plugIn = (slug: string, url = `${at(slug).origin}/v1`, config: object = {}) =>
    gateway.add({ slug, url, models: { chat: 'm' }, config });
  const codeOf = async (response: Response) => {
    const { error } = (await response.json()) as { error: { code: string } };
    return [response.status, error.code];
  };

  it.each(Object.keys(certificates))(
    'F19 a certificate that nobody vouches for (%s) is refused, and the key never leaves',
    async (name) => {
      at(name).only(json(completion));
      await plugIn(name);
      for (const isStream of [false, true])
        expect(await codeOf(await ask('chat', isStream))).toEqual([502, 'upstream_unavailable']);
      expect(at(name).requests).toHaveLength(0);
    },
  );

  it.each(['plain', 'stalled'])('F19 a server that does not speak TLS (%s) is given up', async (name) => {
    await plugIn(name, `https://${at(name).host}/v1`);
    expect(await codeOf(await ask('chat'))).toEqual([502, 'upstream_unavailable']);
  });

  it('F21 a stand-in serves when nobody listens, and says so', async () => {
    at('second').only(json(completion));
    await plugIn('second');
    await plugIn('first');
    await at('first').close();
    const { data } = (await gateway.admin('GET', 'ai-models?capability=chat')) as {
      data: { id: string; provider: string }[];
    };
    const standIn = data.find(({ provider }) => provider === 'second');
    await gateway.admin('PUT', 'ai-models/fallbacks', { capability: 'chat', selection_ids: [standIn?.id] });
    const response = await ask('chat');
    expect([response.status, response.headers.get('x-switchboard-provider')]).toEqual([200, 'second']);
    expect(await gateway.rowOf(response.headers.get('x-request-id') ?? '')).toMatchObject({
      provider: 'second',
      status: 'ok',
    });
    // Whoever names the provider gets that one, or none.
    expect(await codeOf(await ask('first/m'))).toEqual([502, 'upstream_unavailable']);
    await gateway.admin('PUT', 'ai-models/fallbacks', { capability: 'chat', selection_ids: [] });
  });

  it('F08 an answer that keeps coming ends at the total deadline all the same', async () => {
    const { bounds } = gateway.app.get(PassThrough, { strict: false });
    const { totalMs } = bounds;
    bounds.totalMs = 1_500;
    const drip: Step = async (exchange) => {
      await chunk(`data: ${JSON.stringify(deltaOf('a'))}\n\n`)(exchange);
      await wait(50)(exchange);
    };
    at('drip').only(chunkedHead(), forever(drip));
    await plugIn('drip');
    try {
      const response = await ask('chat', true);
      const text = await response.text();
      const events = text.split('\n\n').filter((each) => each.startsWith('data: '));
      expect(events.length).toBeGreaterThan(3);
      expect(JSON.parse(events.at(-1)?.slice(6) ?? '')).toMatchObject({ error: { code: 'upstream_timeout' } });
      expect(text).not.toContain('[DONE]');
      expect(await gateway.rowOf(response.headers.get('x-request-id') ?? '')).toMatchObject({
        status: 'error',
        error_code: 'upstream_timeout',
      });
    } finally {
      bounds.totalMs = totalMs;
    }
  });

  it('F17 the same events and the same usage come of a stream, however its bytes are cut and its lines end', async () => {
    await plugIn('split');
    const pieces = fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        fc.constantFrom('سلام', '🙂', '\n\ndata: [DONE]', '\r', '\u2028', '"usage"', '"error"'),
      ),
      { minLength: 1, maxLength: 8 },
    );
    const property = fc.asyncProperty(
      pieces,
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 30 }),
      fc.boolean(),
      async (texts, lineEnd, hasComments, cuts, isClosedProperly) => {
        const sent = [...texts.map((text) => deltaOf(text)), deltaOf('', 'stop')];
        const last = { id: 'x', choices: [], usage: { ...USAGE, completion_tokens: texts.length } };
        const blocks = [...sent, last].map((each) => `data: ${JSON.stringify(each)}\n\n`);
        const text = (hasComments ? blocks.flatMap((block) => [': alive\n\n', block]) : blocks).join('');
        const whole = `${text}${isClosedProperly ? 'data: [DONE]\n\n' : ''}`.replaceAll('\n', lineEnd);
        at('split').only(chunkedHead(), ...cutUp(Buffer.from(whole), cuts).map((piece) => chunk(piece)), lastChunk());
        const response = await ask('chat', true);
        expect(response.status).toBe(200);
        const events = dataOf(await response.text());
        expect(events.slice(0, -1).map((each) => JSON.parse(each) as object)).toEqual(sent);
        expect(events.at(-1)).toBe('[DONE]');
        expect(await gateway.rowOf(response.headers.get('x-request-id') ?? '')).toMatchObject({
          status: 'ok',
          usage_source: 'provider',
          usage: { prompt_tokens: 3, completion_tokens: texts.length },
        });
      },
    );
    await fc.assert(property, { numRuns: 40, seed: 20261120 });
  });
});

/** The bytes in pieces of these sizes, in turn. */
function cutUp(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0, index = 0; at < bytes.length; index += 1) {
    const end = at + (sizes[index % sizes.length] ?? 1);
    pieces.push(bytes.subarray(at, end));
    at = end;
  }
  return pieces;
}

/** Data of each event, by the letter of the standard. */
function dataOf(text: string): string[] {
  const events: string[] = [];
  let data: string[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line === '' && data.length > 0) events.push(data.join('\n'));
    if (line === '') data = [];
    else if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5));
  }
  return events;
}
