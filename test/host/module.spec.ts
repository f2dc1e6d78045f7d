import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Generation, ModelCatalog, ProviderDirectory, ProviderRegistry, Selections, Usage } from '../../src/index.js';
import { Ledger } from '../../src/usage/index.js';
import { type HostOptions, startHost } from './host-application.js';

const ALICE = { 'x-user': 'alice' };
const HOST = { 'x-host': 'yes' };

describe('the module in a host application', () => {
  const running: INestApplication[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((app) => app.close()));
  });

  async function host(options: HostOptions = {}) {
    const { app, url } = await startHost(options);
    running.push(app);
    const ask = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
      const answer = await fetch(url + path, {
        method,
        headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
      return { status: answer.status, headers: answer.headers, text, json };
    };
    return { app, ask };
  }

  describe.each([
    ['Fastify', false],
    ['Express', true],
  ])('on %s', (_name, express) => {
    it('A81 leaves routes, errors and validation of the host as they are, and keeps its own', async () => {
      const { ask } = await host({ express, http: { prefix: 'ai' } });

      expect((await ask('GET', '/host/plain', undefined, HOST)).json).toEqual({ wrapped: { plain: true } });
      expect((await ask('GET', '/host/plain')).json).toEqual({
        host: { message: 'Forbidden resource', error: 'Forbidden', statusCode: 403 },
      });
      const counted = await ask('POST', '/host/count', { count: 1, label: 'x', unknown: true }, HOST);
      expect(counted.json).toEqual({ wrapped: { count: 1, label: 'x' } });
      expect((await ask('POST', '/host/count', { count: 'no' }, HOST)).json).toMatchObject({
        host: { statusCode: 400, error: 'Bad Request' },
      });
      expect((await ask('GET', '/host/fails', undefined, HOST)).json).toEqual({ host: 'of the host' });
      expect((await ask('GET', '/nowhere', undefined, HOST)).json).toMatchObject({ host: { error: 'Not Found' } });

      const listed = await ask('GET', '/ai/api/admin/ai-providers', undefined, ALICE);
      expect(listed.status).toBe(200);
      expect(Object.keys(listed.json)).toEqual(expect.arrayContaining(['data', 'total']));
      const nobody = await ask('GET', '/ai/api/admin/ai-providers');
      expect([nobody.status, nobody.headers.get('content-type')]).toEqual([
        401,
        'application/problem+json; charset=utf-8',
      ]);
      const wrong = await ask('POST', '/ai/api/admin/ai/chat/send', { message: 'hi', unknown: true }, ALICE);
      expect(wrong.status).toBe(400);
      expect(wrong.json).toMatchObject({ code: 'validation_failed', errors: [{ field: 'unknown' }] });
      expect((await ask('GET', '/api/admin/ai-providers', undefined, { ...ALICE, ...HOST })).status).toBe(404);
    });

    it.each(['providers', 'application'] as const)(
      'A81 global guard, interceptor, pipe, filter, prefix and version of the host (%s) stop before its routes',
      async (global) => {
        const { ask } = await host({ express, global, globalPrefix: 'of-the-host' });
        // The host's own routes have all of them.
        expect((await ask('GET', '/of-the-host/v7/host/plain', undefined, HOST)).json).toEqual({
          wrapped: { plain: true },
        });
        expect((await ask('GET', '/of-the-host/v7/host/plain')).json).toMatchObject({ host: { statusCode: 403 } });
        expect((await ask('GET', '/host/plain', undefined, HOST)).status).toBe(404);

        // The guard would refuse, the interceptor wrap, the prefix move: none of them is there.
        const chat = await ask('POST', '/api/admin/ai/chat/send', { message: 'hello' }, ALICE);
        expect([chat.status, Object.keys(chat.json)]).toEqual([200, expect.arrayContaining(['reply', 'provider'])]);
        const models = await ask('GET', '/v1/models', undefined, ALICE);
        expect([models.status, models.json['object']]).toEqual([200, 'list']);
        // The pipe would strip what ours refuses; the filter would answer for ours.
        const body = { message: 'hi', unknown: true };
        expect((await ask('POST', '/api/admin/ai/chat/send', body, ALICE)).json).toMatchObject({
          code: 'validation_failed',
          errors: [{ field: 'unknown' }],
        });
        expect((await ask('POST', '/api/admin/ai/chat/send', body)).json).toMatchObject({ code: 'unauthenticated' });
        expect((await ask('GET', '/api/admin/ai-providers/absent', undefined, ALICE)).json).toMatchObject({
          code: 'provider_not_registered',
        });
        expect((await ask('GET', '/v1/models')).json).toMatchObject({ error: { code: 'invalid_api_key' } });
        expect((await ask('GET', '/of-the-host/v7/api/admin/ai-providers', undefined, ALICE)).status).toBe(404);
      },
    );

    it('answers chat plainly, as a stream and under /v1, asking the host who that is', async () => {
      const { ask } = await host({ express });
      const plain = await ask('POST', '/api/admin/ai/chat/send', { message: 'hello' }, ALICE);
      expect([plain.status, plain.json['provider']]).toEqual([200, { slug: 'sandbox', name: 'Sandbox' }]);
      const stream = await ask('POST', '/api/admin/ai/chat/send', { message: 'hello', stream: true }, ALICE);
      expect(stream.headers.get('content-type')).toContain('text/event-stream');
      expect(stream.text).toContain('event: done');
      const body = { model: 'chat', messages: [{ role: 'user', content: 'hello' }] };
      const completion = await ask('POST', '/v1/chat/completions', body, ALICE);
      expect(completion.json).toMatchObject({ object: 'chat.completion' });
      expect((await ask('POST', '/v1/chat/completions', body)).json).toMatchObject({
        error: { code: 'invalid_api_key' },
      });
    });

    it('takes recordings as forms, and refuses what the provider cannot tell of them', async () => {
      const { app, ask } = await host({ express });
      const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
      await ask('PUT', '/api/admin/ai-providers/parrot/shared-key', { api_key: 'sk-parrot-000001' }, ALICE);
      const wanted = { provider: 'parrot', capability: 'transcription', model_id: 'ear', force: true };
      expect((await ask('POST', '/api/admin/ai-models/select-model', wanted, ALICE)).status).toBe(200);
      const transcribe = async (fields: Record<string, string>) => {
        const form = new FormData();
        form.set('model', 'transcription');
        form.set('file', new Blob([new Uint8Array(300_000)]), 'talk.wav');
        for (const [name, value] of Object.entries(fields)) form.set(name, value);
        const answer = await fetch(`${url}/v1/audio/transcriptions`, { method: 'POST', headers: ALICE, body: form });
        return { status: answer.status, text: await answer.text() };
      };
      const words = '300000 bytes of talk.wav';
      expect(await transcribe({})).toEqual({ status: 200, text: JSON.stringify({ text: words }) });
      expect(await transcribe({ response_format: 'text' })).toEqual({ status: 200, text: `${words}\n` });
      for (const fields of [
        { response_format: 'verbose_json' },
        { response_format: 'srt' },
        { 'timestamp_granularities[]': 'word' },
        { stream: 'true' },
      ]) {
        const { status, text } = await transcribe(fields);
        expect([status, text]).toEqual([400, expect.stringContaining('is not possible with this model')]);
      }
      const noForm = await ask('POST', '/v1/audio/transcriptions', { model: 'transcription' }, ALICE);
      expect([noForm.status, noForm.text]).toEqual([400, expect.stringContaining('multipart/form-data')]);
    });

    it('finds the strategy that the host declares and lets the host call it', async () => {
      const { app, ask } = await host({ express });
      expect(app.get(ProviderRegistry).find('parrot')).toBeDefined();
      const parrot = await ask('GET', '/api/admin/ai-providers/parrot', undefined, ALICE);
      expect(parrot.json).toMatchObject({ slug: 'parrot', display_name: 'Parrot' });
      await ask('PUT', '/api/admin/ai-providers/parrot/shared-key', { api_key: 'sk-parrot-000001' }, ALICE);
      const selected = await ask(
        'POST',
        '/api/admin/ai-models/select-model',
        { provider: 'parrot', capability: 'chat', model_id: 'squawk', force: true },
        ALICE,
      );
      expect(selected.status).toBe(200);
      expect((await ask('GET', '/host/ask', undefined, HOST)).json).toEqual({
        wrapped: { reply: 'Parrot: Hello from the host' },
      });
    });
  });

  it.each(['useFactory', 'useClass', 'useExisting'] as const)('takes its options by %s', async (way) => {
    const { app } = await host({ way });
    expect(app.get(ProviderDirectory).all().length).toBeGreaterThan(50);
  });

  it('has no routes of a surface that is switched off', async () => {
    const { ask } = await host({ http: { admin: false, openai: false } });
    expect((await ask('GET', '/api/admin/ai-providers', undefined, { ...ALICE, ...HOST })).status).toBe(404);
    expect((await ask('GET', '/v1/models', undefined, { ...ALICE, ...HOST })).status).toBe(404);
    expect((await ask('GET', '/host/ask', undefined, HOST)).status).toBe(200);
  });

  it('exports services: every capability, the catalog, the selections and the usage', async () => {
    const { app } = await host();
    const generation = app.get(Generation);
    const admin = { id: 'bob', role: 'admin' as const };

    const answer = await generation.chat({ messages: [{ role: 'user', content: 'hi' }] }, { admin });
    expect(answer.target.provider.slug).toBe('sandbox');
    const stream = await generation.streamChat({ messages: [{ role: 'user', content: 'hi' }] });
    const types: string[] = [];
    for await (const event of stream.events) types.push(event.type);
    expect(types.at(-1)).toBe('finish');
    expect((await generation.content({ topic: 'Tea' })).article.title).not.toBe('');
    expect((await generation.image({ prompt: 'a tree' })).images).toHaveLength(1);
    const speech = await generation.speech({ text: 'hello' });
    let bytes = 0;
    for await (const piece of speech.audio) bytes += piece.byteLength;
    expect(bytes).toBeGreaterThan(100);

    const provider = app.get(ProviderDirectory).require('sandbox');
    expect((await app.get(ModelCatalog).read(provider, null)).byId.size).toBeGreaterThan(0);
    expect(app.get(Selections).active('chat', null)?.modelId).toBeDefined();
    await app.get(Ledger, { strict: false }).flush();
    const mine = await app.get(Usage).generations({ limit: 10 }, admin);
    expect(mine.data.map(({ admin: who, capability }) => [who, capability])).toEqual([['bob', 'chat']]);
    const all = await app.get(Usage).generations({ limit: 10 }, { id: 'root', role: 'superadmin' });
    // Within one millisecond they come in any order.
    expect(all.data.map(({ admin: who }) => who).sort()).toEqual([
      ...Array.from({ length: 4 }, () => 'application'),
      'bob',
    ]);
  });

  it('A81 runs twice in one process without sharing anything', async () => {
    const [one, two] = await Promise.all([host(), host({ express: true })]);
    const patch = { display_name: 'Only here' };
    expect((await one.ask('PATCH', '/api/admin/ai-providers/openai', patch, ALICE)).status).toBe(200);
    const seen = await Promise.all(
      [one, two].map(({ ask }) => ask('GET', '/api/admin/ai-providers/openai', undefined, ALICE)),
    );
    expect(seen.map(({ json }) => json['display_name'])).toEqual(['Only here', 'OpenAI']);
    running.splice(running.indexOf(one.app), 1);
    await one.app.close();
    expect((await two.ask('POST', '/api/admin/ai/chat/send', { message: 'still here' }, ALICE)).status).toBe(200);
  });

  it('listens no more once it is closed, although calls were made', async () => {
    const { app, ask } = await host();
    const server = app.getHttpServer() as Server;
    expect((await ask('GET', '/host/plain', undefined, HOST)).status).toBe(200);
    expect(server.listening).toBe(true);
    running.splice(running.indexOf(app), 1);
    await app.close();
    expect(server.listening).toBe(false);
    await expect(ask('GET', '/host/plain', undefined, HOST)).rejects.toThrow('fetch failed');
  });
});
