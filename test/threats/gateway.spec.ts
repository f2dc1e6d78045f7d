import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ADMIN_TOKEN, GatewayApp, UPSTREAM_KEY } from '../support/gateway-app.js';
import {
  answer,
  chunk,
  chunkedHead,
  forever,
  halfClose,
  hang,
  json,
  lastChunk,
  reset,
  ScriptedUpstream,
  send,
  type Step,
  wait,
} from '../support/scripted-upstream.js';
import { within } from '../support/patience.js';

const USAGE = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
const completion = (content = 'hi') => ({
  id: 'x',
  object: 'chat.completion',
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: USAGE,
});
const event = (value: unknown) => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;
const delta = (content: string, finish: string | null = null) =>
  event({ id: 'x', choices: [{ index: 0, delta: { content }, finish_reason: finish }] });
const END = event({ id: 'x', choices: [], usage: USAGE }) + event('[DONE]');
const stream = (...pieces: (string | Uint8Array)[]): Step[] => [chunkedHead(), ...pieces.map((piece) => chunk(piece))];

describe('threats and faults through /v1', () => {
  let gateway: GatewayApp;
  let upstream: ScriptedUpstream;
  let spare: ScriptedUpstream;
  let count = 0;
  let slug = '';

  beforeAll(async () => {
    [upstream, spare] = [await ScriptedUpstream.listen(), await ScriptedUpstream.listen()];
    gateway = await GatewayApp.start([], { allowPrivateUpstreams: [upstream.host, spare.host] });
  });
  afterAll(async () => {
    await gateway.close();
    await upstream.close();
    await spare.close();
  });
  // A provider of its own for each test: breakers remember.
  beforeEach(async () => {
    await spare.close();
    spare = await ScriptedUpstream.listen();
    slug = `up-${++count}`;
  });
  afterEach(() => expect(process.listenerCount('unhandledRejection')).toBeLessThan(10));

  /** A fresh upstream that plays these scripts, one per request, and a provider for it. */
  async function playing(scripts: readonly (readonly Step[])[], config: object = {}): Promise<ScriptedUpstream> {
    const fresh = await ScriptedUpstream.listen();
    for (const steps of scripts) fresh.script(...steps);
    await allow(fresh.host);
    await gateway.add({ slug, url: `${fresh.origin}/v1`, models: { chat: 'm' }, config });
    opened.push(fresh);
    return fresh;
  }
  const opened: ScriptedUpstream[] = [];
  afterAll(() => Promise.all(opened.map((each) => each.close())));
  const allow = async (host: string) => {
    const { OutboundHttp } = await import('../../src/core/outbound/index.js');
    const { AddressPolicy, parseAllowList } = await import('../../src/core/outbound/index.js');
    const outbound = gateway.app.get(OutboundHttp, { strict: false });
    allowed.push(host);
    Object.assign(outbound, { policy: new AddressPolicy(parseAllowList(allowed)) });
  };
  const allowed: string[] = [];

  const chat = (extra: object = {}, init: Parameters<GatewayApp['post']>[2] = {}) =>
    gateway.post(
      '/v1/chat/completions',
      { model: 'chat', messages: [{ role: 'user', content: 'hey' }], ...extra },
      init,
    );
  const errorOf = async (response: Response) => {
    const { error } = (await response.json()) as { error: { code: string; message: string; type: string } };
    return { status: response.status, code: error.code, message: error.message };
  };
  const rowOf = (response: Response) => gateway.rowOf(response.headers.get('x-request-id') ?? '');
  const dataOf = (text: string) =>
    text
      .split('\n\n')
      .filter((each) => each.startsWith('data:'))
      .map((each) => each.slice(5).trim());

  describe('callers', () => {
    it('A12 nobody chooses the upstream by body, query or headers', async () => {
      const fresh = await playing([[json(completion())]]);
      for (const name of ['api_base', 'base_url', 'api_key', 'extra_headers'])
        expect(await errorOf(await chat({ [name]: 'http://evil.test' }))).toMatchObject({ status: 400 });
      await chat();
      const headers = {
        'x-portkey-custom-host': 'http://evil.test',
        'x-forwarded-host': 'evil.test',
        'content-type': 'application/json',
      };
      const body = JSON.stringify({ model: 'chat', messages: [{ role: 'user', content: 'hey' }] });
      await gateway.fetch('/v1/chat/completions?api_base=http://evil.test', { method: 'POST', headers, body });
      const [plain, tricked] = fresh.requests;
      expect([tricked?.head, tricked?.body.toString()]).toEqual([plain?.head, plain?.body.toString()]);
    });

    it('A13 a row cannot set headers of the connection or of credentials', async () => {
      for (const name of ['Host', 'Cookie', 'Authorization', 'Proxy-Authorization', 'X-Forwarded-For', 'Connection'])
        await expect(playing([], { wire: { headers: { [name]: 'x' } } })).rejects.toThrow(/: 4\d\d /);
      await expect(playing([], { wire: { headers: { 'x-fine': 'a\r\nb: c' } } })).rejects.toThrow(/: 4\d\d /);
    });

    it('A18 nothing of the caller’s head goes upstream', async () => {
      const fresh = await playing([[json(completion())]]);
      await chat({}, { headers: { cookie: 'a=b', 'x-forwarded-for': '1.2.3.4', 'x-mine': 'sparrow' } });
      const head = fresh.requests[0]?.head ?? '';
      expect(head).not.toMatch(/cookie|x-forwarded|sparrow/i);
      expect(head).not.toContain(ADMIN_TOKEN);
      expect(fresh.requests[0]?.headers.authorization).toBe(`Bearer ${UPSTREAM_KEY}`);
    });

    it('A34 every header of a token means the same, cookies nothing, query keys and two tokens are refused', async () => {
      await playing([[json(completion())]]);
      const by = (headers: Record<string, string>) => chat({}, { token: null, headers });
      for (const headers of [
        { authorization: `Bearer ${ADMIN_TOKEN}` },
        { 'x-api-key': ADMIN_TOKEN },
        { 'api-key': ADMIN_TOKEN },
        { authorization: `Bearer ${ADMIN_TOKEN}`, 'x-api-key': ADMIN_TOKEN, cookie: 'switchboard.session_token=x' },
      ])
        expect((await by(headers)).status).toBe(200);
      expect((await by({ cookie: `switchboard.session_token=${ADMIN_TOKEN}` })).status).toBe(401);
      expect((await by({ authorization: `Bearer ${ADMIN_TOKEN}`, 'x-api-key': 'other' })).status).toBe(400);
      expect((await gateway.fetch(`/v1/models?key=${ADMIN_TOKEN}`, { token: null })).status).toBe(400);
    });

    it('A46 strange JSON is refused quickly, or forwarded as it is', async () => {
      const fresh = await playing([[json(completion())]]);
      const raw = (body: string) =>
        gateway.fetch('/v1/chat/completions', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        });
      const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
      const many = `{${Array.from({ length: 300_000 }, (_, index) => `"k${index}":1`).join(',')}}`;
      for (const body of [
        `{"model":"chat","messages":${deep}}`,
        `{"model":"chat","messages":[],"metadata":${many}}`,
        '{"model":"chat","model":"up/other","messages":[]}',
        '{"model":"chat","messages":[}',
        '[]',
        'null',
        '{"model":"chat\0","messages":[]}',
      ]) {
        const started = performance.now();
        const { status } = await raw(body);
        expect([status, performance.now() - started < within(1500)]).toEqual([expect.any(Number), true]);
        expect([400, 404]).toContain(status);
      }
      const odd = '{"model":"chat","messages":[{"role":"user","content":"\\ud800 \\u0000"}],"seed":-0,"x":1e400}';
      expect((await raw(odd)).status).toBe(200);
      expect(fresh.requests.at(-1)?.body.toString()).toBe(odd.replace('"chat"', '"m"'));
    });

    it('A47 a body cannot reach a prototype', async () => {
      await playing([[json(completion())]]);
      const response = await gateway.fetch('/v1/chat/completions', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"model":"chat","messages":[],"__proto__":{"polluted":true}}',
      });
      expect(response.status).toBe(400);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    });

    it('A48 a compressed body is refused', async () => {
      const response = await gateway.fetch('/v1/chat/completions', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
        body: Buffer.from('1f8b0800000000000003', 'hex'),
      });
      expect([400, 415]).toContain(response.status);
    });

    it('A50 a request id that could break a line is replaced, a model cannot break a header', async () => {
      const fresh = await playing([[json(completion())]]);
      const kept = await chat({}, { headers: { 'x-request-id': 'mine-1.a_B' } });
      expect(kept.headers.get('x-request-id')).toBe('mine-1.a_B');
      const replaced = await chat({}, { headers: { 'x-request-id': 'a b"<>' } });
      expect(replaced.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect((await chat({ model: `${slug}/m\r\nx: y` })).status).toBe(404);
      expect(fresh.requests).toHaveLength(2);
    });

    it('A51 text that looks like events stays text', async () => {
      const text = 'a\n\nevent: error\ndata: {"error":1}\r\n\r\u2028 data: [DONE]\n\n[DONE]';
      await playing([[...stream(delta(text), delta('', 'stop') + END), lastChunk()]]);
      const lines = dataOf(await (await chat({ stream: true })).text());
      expect(lines).toHaveLength(3);
      expect(
        (JSON.parse(lines[0] ?? '') as { choices: { delta: { content: string } }[] }).choices[0]?.delta.content,
      ).toBe(text);
    });

    it('A67 arrays and strings where one value belongs are refused', async () => {
      for (const extra of [{ model: ['a', 'b'] }, { model: { a: 1 } }, { stream: 'true' }, { model: 7 }, { model: '' }])
        expect((await chat(extra)).status).toBe(400);
    });

    it('A68 and A69 smuggled requests and upgrades get no second answer', async () => {
      const raw = (head: string) =>
        new Promise<string>((resolve) => {
          const { port } = new URL(gateway.url);
          const socket = connect(Number(port), '127.0.0.1', () => socket.write(head));
          let text = '';
          socket.on('data', (data) => (text += data.toString())).on('close', () => resolve(text));
          socket.on('error', () => resolve(text));
          setTimeout(() => socket.destroy(), 1000);
        });
      const smuggled = await raw(
        'POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/models HTTP/1.1\r\nhost: x\r\n\r\n',
      );
      expect(smuggled.match(/HTTP\/1\.1/g)).toHaveLength(1);
      expect(smuggled).toMatch(/^HTTP\/1\.1 400/);
      const upgraded = await raw(
        'GET /v1/models HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
      );
      expect(upgraded).not.toContain('101 Switching');
    });
  });

  describe('upstreams', () => {
    it('F01 a 429 with a short wait is repeated, one with a long wait is passed on with the wait', async () => {
      const slow = (seconds: string) => answer(429, { 'retry-after': seconds }, '{"error":{"message":"slow"}}');
      const fresh = await playing([[slow('0')], [json(completion())], [slow('1000000000')]], { max_retry: 1 });
      expect((await chat()).status).toBe(200);
      const passed = await chat();
      expect([passed.status, passed.headers.get('retry-after')]).toEqual([429, '60']);
      expect(fresh.requests).toHaveLength(3);
    });

    it('F02 no quota is never repeated', async () => {
      const body = '{"error":{"message":"no money","code":"insufficient_quota"}}';
      const fresh = await playing([[answer(429, {}, body)]], { max_retry: 2 });
      const response = await chat();
      expect([response.status, response.headers.get('x-should-retry')]).toEqual([429, 'false']);
      expect(fresh.requests).toHaveLength(1);
    });

    it('F03 a 503 is repeated at most twice', async () => {
      const fresh = await playing([[answer(503, { 'retry-after': '0' }, 'busy')]], { max_retry: 2 });
      expect(await errorOf(await chat())).toMatchObject({ status: 502, code: 'upstream_unavailable' });
      expect(fresh.requests).toHaveLength(3);
    });

    it.each([400, 404, 422])('F04 a %s is passed on once, redacted', async (status) => {
      const body = JSON.stringify({ error: { message: `bad temperature, key ${UPSTREAM_KEY}` } });
      const fresh = await playing([[answer(status, {}, body)]], { max_retry: 2 });
      const error = await errorOf(await chat());
      expect(error.status).toBe(status === 404 ? 502 : 400);
      expect(error.message).toContain('bad temperature');
      expect(error.message).not.toContain(UPSTREAM_KEY);
      expect(fresh.requests).toHaveLength(1);
    });

    it.each([401, 403])('F05 a %s of the provider is 502, never ours', async (status) => {
      await playing([[answer(status, {}, '{"error":{"message":"bad key"}}')]]);
      expect(await errorOf(await chat())).toMatchObject({ status: 502, code: 'upstream_auth_failed' });
    });

    it('F06 silence before the head is 504 and closes the socket', async () => {
      const fresh = await playing([[hang()]], { timeout: 1 });
      const response = await chat();
      expect(await errorOf(response)).toMatchObject({ status: 504, code: 'upstream_timeout' });
      await fresh.connections[0]?.closed;
      expect(await rowOf(response)).toMatchObject({ status: 'error', error_code: 'upstream_timeout' });
    });

    it('F07 and F08 silence in the middle is an error event, comments are no progress', async () => {
      const comments = forever(async (exchange) => {
        await chunk(': still here\n\n')(exchange);
        await wait(100)(exchange);
      });
      await playing([[...stream(delta('a')), comments]], { timeout: 1 });
      const response = await chat({ stream: true });
      const lines = dataOf(await response.text());
      expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ error: { code: 'upstream_timeout' } });
      expect(lines).not.toContain('[DONE]');
      expect(await rowOf(response)).toMatchObject({ status: 'error', usage_source: 'estimated' });
    });

    it('F09 a reset before the head is repeated', async () => {
      const fresh = await playing([[reset()], [json(completion())]], { max_retry: 1 });
      expect((await chat()).status).toBe(200);
      expect(fresh.requests).toHaveLength(2);
    });

    it('F10 a reset in the middle: plain answers are repeated, streams end with an error event', async () => {
      const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"id"';
      await playing([[send(head), reset()], [json(completion())], [...stream(delta('a')), reset()]], { max_retry: 1 });
      expect((await chat()).status).toBe(200);
      const lines = dataOf(await (await chat({ stream: true })).text());
      expect(JSON.parse(lines.at(-1) ?? '')).toHaveProperty('error');
    });

    it.each<[string, Step[]]>([
      ['truncated JSON', [answer(200, {}, '{"choices":[{"message":{"content":"hal')]],
      ['early EOF', [send('HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{"a":1'), halfClose()]],
      ['a chunked body without end', [chunkedHead('application/json'), chunk('{"a":'), halfClose()]],
      ['nothing', [answer(200, {}, '')]],
      ['null', [answer(200, {}, 'null')]],
      ['a list', [answer(200, {}, '[]')]],
      ['a page', [answer(200, { 'content-type': 'text/html' }, '<html><title>Login</title></html>')]],
      ['an object without choices', [json({ ok: true })]],
      ['204', [send('HTTP/1.1 204 No Content\r\n\r\n')]],
    ])('F11 and F13 %s is 502, plain and streamed', async (_name, steps) => {
      await playing([steps]);
      for (const extra of [{}, { stream: true }])
        expect(await errorOf(await chat(extra))).toMatchObject({ status: 502, code: 'upstream_bad_response' });
    });

    it('F12 a stream that ends without a reason to stop is an error, one with it is complete', async () => {
      await playing([
        [...stream(delta('half')), lastChunk()],
        [...stream(delta('whole', 'stop')), lastChunk()],
      ]);
      const half = dataOf(await (await chat({ stream: true })).text());
      expect(JSON.parse(half.at(-1) ?? '')).toMatchObject({ error: { code: 'upstream_bad_response' } });
      expect(dataOf(await (await chat({ stream: true })).text()).at(-1)).toBe('[DONE]');
    });

    it('F14 labels are not believed: JSON for a stream, JSON as text/html', async () => {
      await playing([
        [json(completion('whole'))],
        [answer(200, { 'content-type': 'text/html' }, JSON.stringify(completion()))],
      ]);
      const lines = dataOf(await (await chat({ stream: true })).text());
      expect(lines.at(-1)).toBe('[DONE]');
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({ choices: [{ delta: { content: 'whole' } }] });
      expect((await chat()).status).toBe(200);
    });

    it('F15 an error inside 200 is a failure, at the beginning and in the middle', async () => {
      const error = { error: { message: 'overloaded', code: 503 } };
      await playing([
        [json(error)],
        [...stream(event(error)), lastChunk()],
        [...stream(delta('a'), event(error)), hang()],
      ]);
      expect((await chat()).status).toBe(502);
      expect((await chat({ stream: true })).status).toBe(502);
      const lines = dataOf(await (await chat({ stream: true })).text());
      expect(JSON.parse(lines.at(-1) ?? '')).toHaveProperty('error');
      expect(lines).not.toContain('[DONE]');
    });

    it.each<[string, object]>([
      ['missing', {}],
      ['zero', { usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } }],
      ['negative', { usage: { prompt_tokens: -1, completion_tokens: -5 } }],
      ['text', { usage: { prompt_tokens: 'many', completion_tokens: 'few' } }],
    ])('F16 usage that is %s is estimated and flagged', async (_name, usage) => {
      const { usage: _, ...bare } = completion('some words of an answer');
      await playing([
        [json({ ...bare, ...usage })],
        [...stream(delta('some words', 'stop') + event('[DONE]')), lastChunk()],
      ]);
      for (const extra of [{}, { stream: true }]) {
        const response = await chat(extra);
        await response.text();
        const row = await rowOf(response);
        expect(row).toMatchObject({ usage_source: 'estimated' });
        expect((row.usage as { completion_tokens: number }).completion_tokens).toBeGreaterThan(0);
      }
    });

    it('F17 a stream split at every byte, with CRLF, comments and Persian, arrives whole', async () => {
      const text = `: hello\r\n\r\n${delta('سلام 🙂', 'stop')}${END}`.replaceAll('\n\n', '\r\n\r\n');
      const bytes = Buffer.from(text);
      await playing([[chunkedHead(), ...[...bytes].map((byte) => chunk(Uint8Array.of(byte))), lastChunk()]]);
      const received = (await (await chat({ stream: true })).text()).replaceAll('\r\n', '\n');
      expect(dataOf(received).at(-1)).toBe('[DONE]');
      expect(received).toContain('سلام 🙂');
      expect(received).not.toContain('"usage"');
    });

    it('F18 what comes after [DONE] is ignored', async () => {
      await playing([[...stream(delta('a', 'stop') + END, event('[DONE]') + delta('late')), lastChunk()]]);
      const lines = dataOf(await (await chat({ stream: true })).text());
      expect(lines.filter((line) => line === '[DONE]')).toHaveLength(1);
      expect(lines.join()).not.toContain('late');
    });

    it('F21 a refused connection is 502', async () => {
      const gone = await ScriptedUpstream.listen();
      const url = `${gone.origin}/v1`;
      await allow(gone.host);
      await gone.close();
      await gateway.add({ slug, url, models: { chat: 'm' } });
      expect(await errorOf(await chat())).toMatchObject({ status: 502, code: 'upstream_unavailable' });
    });

    it('F22 a head that is too large and a compressed body are 502', async () => {
      await playing([
        [answer(200, { 'x-big': 'a'.repeat(65_536) }, '{}')],
        [answer(200, { 'content-encoding': 'gzip' }, Buffer.from('1f8b', 'hex'))],
      ]);
      for (let each = 0; each < 2; each += 1) expect((await chat()).status).toBe(502);
    });

    it('F23 1xx before the answer is skipped, a redirect is never followed', async () => {
      await playing([
        [send('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'), json(completion())],
        [answer(302, { location: 'http://169.254.169.254/' }, '')],
      ]);
      expect((await chat()).status).toBe(200);
      expect(await errorOf(await chat())).toMatchObject({ status: 502, code: 'upstream_redirect' });
    });

    it('F24 after five failures the breaker answers at once with 503 and a wait', async () => {
      const fresh = await playing([[answer(500, {}, 'broken')]]);
      for (let each = 0; each < 5; each += 1) expect((await chat()).status).toBe(502);
      const started = performance.now();
      const open = await chat();
      expect(open.status).toBe(503);
      expect(Number(open.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(performance.now() - started).toBeLessThan(within(250));
      expect(fresh.requests).toHaveLength(5);
    });

    it.each<[string, object, Step[]]>([
      ['before the head', {}, [hang()]],
      ['in the middle of a stream', { stream: true }, [...stream(delta('a')), hang()]],
    ])('F26 a caller who leaves %s ends the upstream within a second', async (_name, extra, steps) => {
      const fresh = await playing([steps]);
      const controller = new AbortController();
      const id = `gone-${count}`;
      const asked = chat(extra, { signal: controller.signal, headers: { 'x-request-id': id } });
      asked.catch(() => undefined);
      while (fresh.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      await new Promise((resolve) => setTimeout(resolve, 50));
      const left = performance.now();
      controller.abort();
      await fresh.connections[0]?.closed;
      expect((fresh.connections[0]?.closedAt ?? Infinity) - left).toBeLessThan(within(1000));
      expect(await gateway.rowOf(id)).toMatchObject({ status: 'aborted' });
    });

    it('F27 a slow reader holds the upstream back', async () => {
      let sent = 0;
      const piece = delta('x'.repeat(60_000));
      const fresh = await playing([
        [
          chunkedHead(),
          forever(async (exchange) => {
            await chunk(piece)(exchange);
            sent += piece.length;
          }),
        ],
      ]);
      const { port } = new URL(gateway.url);
      const body = JSON.stringify({ model: 'chat', stream: true, messages: [] });
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(
          `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${ADMIN_TOKEN}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
        );
        socket.pause();
      });
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const held = sent;
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(sent - held).toBeLessThan(2 * piece.length);
      expect(sent).toBeLessThan(64 * 1024 * 1024);
      socket.destroy();
      await fresh.connections[0]?.closed;
    });
  });
});
