import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import OpenAI from 'openai';
import {
  type CallLimits,
  connectionFailureOf,
  OUTBOUND_OPTIONS,
  OutboundHttp,
  type OutboundOptions,
} from '../src/core/outbound/index.js';
import { SwitchboardError } from '../src/core/errors/index.js';
import {
  answer,
  chunk,
  chunkedHead,
  drip,
  forever,
  halfClose,
  hang,
  json,
  lastChunk,
  reset,
  ScriptedUpstream,
  type ScriptedUpstreamOptions,
  send,
  wait,
} from './support/scripted-upstream.js';
import { selfSignedCertificate } from './support/self-signed-certificate.js';

const SECRET = 'sk-canary-4242';
const GENEROUS: CallLimits = { firstByteMs: 5_000, idleMs: 5_000, totalMs: 10_000, maxResponseBytes: 1_000_000 };
const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function listen(options?: ScriptedUpstreamOptions): Promise<ScriptedUpstream> {
  const upstream = await ScriptedUpstream.listen(options);
  cleanUps.push(() => upstream.close());
  return upstream;
}

function outboundFor(options: Partial<OutboundOptions> = {}): OutboundHttp {
  const outbound = new OutboundHttp({ allowPrivateUpstreams: [], ...options });
  cleanUps.push(() => outbound.onApplicationShutdown());
  return outbound;
}

/** Calls an upstream that is on the allow list. */
async function call(
  upstream: ScriptedUpstream,
  limits: Partial<CallLimits> = {},
  init: RequestInit = {},
): Promise<Response> {
  const outbound = outboundFor({ allowPrivateUpstreams: [upstream.host] });
  return outbound.fetchFor({ ...GENEROUS, ...limits })(`${upstream.origin}/v1/chat`, init);
}

/** The error of a call or of reading its body; fails when there is none or when it shows what it must not. */
async function failureOf(action: Promise<unknown>): Promise<SwitchboardError> {
  const error = await action.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SwitchboardError)) throw new Error(`expected a SwitchboardError, got ${String(error)}`);
  expect(error.message).not.toMatch(/127\.0\.0\.1|::1|10\.0\.0|sk-canary|\d{4,5}$/);
  return error;
}

const bodyOf = async (response: Promise<Response>): Promise<string> => (await response).text();
const at = (address: string) => ({ address, family: address.includes(':') ? 6 : 4 });

describe('targets', () => {
  it.each([
    ...['http://169.254.169.254/', 'https://[fd00:ec2::254]/', 'https://metadata.google.internal/'],
    'https://100.100.100.200/',
  ])('A01 never calls %s, allow-listed or not', async (url) => {
    const { host } = new URL(url);
    const port = url.startsWith('https') ? 443 : 80;
    const resolved: string[] = [];
    const outbound = outboundFor({
      allowPrivateUpstreams: [`${host}:${port}`],
      resolve: async (name) => (resolved.push(name), [at('169.254.169.254')]),
    });
    expect((await failureOf(outbound.fetchFor(GENEROUS)(url))).code).toBe('url_not_allowed');
    expect(() => outbound.poolFor(url)).toThrow(SwitchboardError);
    expect(resolved).toEqual([]);
  });

  it('A01 refuses a listed host name that resolves to a metadata address', async () => {
    const outbound = outboundFor({
      allowPrivateUpstreams: ['ollama.lan:80'],
      resolve: async () => [at('169.254.169.254')],
    });
    expect((await failureOf(outbound.fetchFor(GENEROUS)('http://ollama.lan/'))).code).toBe('url_not_allowed');
  });

  it.each([
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
    '１２７.０.０.１',
    '[::ffff:7f00:1]',
    '0.0.0.0',
  ])('A02 does not touch loopback spelled %s', async (host) => {
    const canary = await listen();
    const outbound = outboundFor();
    for (const scheme of ['http', 'https']) {
      const failure = await failureOf(outbound.fetchFor(GENEROUS)(`${scheme}://${host}:${canary.port}/`));
      expect(failure.code).toBe('url_not_allowed');
    }
    expect(canary.connections).toHaveLength(0);
  });

  it('A03 refuses a host name that resolves to a private address, and reaches it once it is allow-listed', async () => {
    const canary = (await listen()).script(json({}));
    const resolve = async () => [at('127.0.0.1')];
    const url = `//rebind.example.com:${canary.port}/`;
    const refused = await failureOf(outboundFor({ resolve }).fetchFor(GENEROUS)(`https:${url}`));
    expect(refused.code).toBe('url_not_allowed');
    expect(canary.connections).toHaveLength(0);
    const allowed = outboundFor({ resolve, allowPrivateUpstreams: [`rebind.example.com:${canary.port}`] });
    expect((await allowed.fetchFor(GENEROUS)(`http:${url}`)).status).toBe(200);
    expect(canary.requests[0]?.headers['host']).toBe(`rebind.example.com:${canary.port}`);
  });

  it.each([
    ['second', ['8.8.8.8', '127.0.0.1']],
    ['first', ['127.0.0.1', '8.8.8.8']],
    ['mapped', ['2606:4700::1111', '::ffff:127.0.0.1']],
    ['malformed', ['8.8.8.8', 'localhost']],
  ])('A04 refuses when one of several addresses is bad (%s)', async (_which, addresses) => {
    const canary = await listen();
    const outbound = outboundFor({ resolve: async () => addresses.map(at) });
    const failure = await failureOf(outbound.fetchFor(GENEROUS)(`https://rebind.example.com:${canary.port}/`));
    expect(failure.code).toBe('url_not_allowed');
    expect(canary.connections).toHaveLength(0);
  });

  it('A04 asks the resolver again for each new connection and dials what was checked', async () => {
    const canary = (await listen()).script(send('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n'));
    const answers = [at('127.0.0.1'), at('169.254.169.254')];
    const outbound = outboundFor({
      allowPrivateUpstreams: [`rebind.example.com:${canary.port}`],
      resolve: async () => [answers.shift() ?? at('169.254.169.254')],
    });
    const fetch = outbound.fetchFor(GENEROUS);
    expect((await fetch(`http://rebind.example.com:${canary.port}/`)).status).toBe(200);
    await canary.connections[0]?.closed;
    const failure = await failureOf(fetch(`http://rebind.example.com:${canary.port}/`));
    expect(failure.code).toBe('url_not_allowed');
    expect(canary.connections).toHaveLength(1);
  });

  it('A05 refuses an empty answer and a failing resolver', async () => {
    for (const resolve of [
      async () => [],
      async () => Promise.reject(new Error(`SERVFAIL ${SECRET}`)),
      () => {
        throw new Error('broken');
      },
    ]) {
      const failure = await failureOf(outboundFor({ resolve }).fetchFor(GENEROUS)('https://api.example.com/'));
      expect(failure.code).toBe('upstream_unavailable');
      expect(connectionFailureOf(failure)).toBe('dns');
    }
  });

  it.each([301, 302, 303, 307, 308])('A06 returns a %i as it is and does not follow it', async (status) => {
    const canary = await listen();
    const upstream = (await listen()).script(answer(status, { location: `${canary.origin}/` }, 'moved'));
    const response = await call(upstream, {}, { headers: { authorization: `Bearer ${SECRET}` }, redirect: 'follow' });
    expect(response.status).toBe(status);
    expect(response.headers.get('location')).toBe(`${canary.origin}/`);
    expect(canary.connections).toHaveLength(0);
  });

  it('A07 opens only the listed host and port', async () => {
    const [listed, other] = [(await listen()).script(json({})), await listen()];
    const fetch = outboundFor({ allowPrivateUpstreams: [listed.host] }).fetchFor(GENEROUS);
    expect((await fetch(listed.origin)).status).toBe(200);
    expect((await failureOf(fetch(other.origin))).code).toBe('url_not_allowed');
    expect((await failureOf(fetch('http://169.254.169.254/'))).code).toBe('url_not_allowed');
    expect(other.connections).toHaveLength(0);
  });

  it.each([
    'file:///etc/passwd',
    'data:,x',
    'ws://a.test/',
    'https://api.openai.com@evil.test/',
    'https://a.test:6379/',
  ])('A08 refuses %s', async (url) =>
    expect((await failureOf(outboundFor().fetchFor(GENEROUS)(url))).code).toBe('url_not_allowed'),
  );

  it('A09 keeps the pools of look-alike origins apart', () => {
    const outbound = outboundFor();
    const pool = outbound.poolFor('https://api.openai.com/v1');
    expect(outbound.poolFor('https://API.OPENAI.com:443/other')).toBe(pool);
    expect(outbound.poolFor('https://api.openai.com.evil.test')).not.toBe(pool);
    expect(outbound.poolFor('https://evil.test/api.openai.com')).not.toBe(pool);
  });

  it('A18 sends only the headers it is given, and none that belong to a session or the connection', async () => {
    const upstream = (await listen()).script(json({}));
    const headers = { authorization: 'Bearer key', 'x-custom': '1', cookie: 'a=b', host: 'evil.test', te: 'trailers' };
    await call(upstream, {}, { method: 'POST', headers, body: 'سلام' });
    const [request] = upstream.requests;
    expect(Object.keys(request?.headers ?? {}).sort()).toEqual([
      'authorization',
      'connection',
      'content-length',
      'host',
      'x-custom',
    ]);
    expect(request?.headers['host']).toBe(upstream.host);
    expect(request?.body.toString()).toBe('سلام');
  });

  it('A19 ignores proxies and TLS switches of the environment', async () => {
    const proxy = await listen();
    const upstream = (await listen()).script(json({ ok: true }));
    const selfSigned = (await listen({ tls: selfSignedCertificate('127.0.0.1') })).script(json({}));
    // A process of its own: Node reads these when it starts, and Jest hands out a copy of the environment.
    const program = `
      import { OutboundHttp } from './src/core/outbound/outbound-http.js';
      const outbound = new OutboundHttp({ allowPrivateUpstreams: ['${upstream.host}', '${selfSigned.host}'] });
      const fetch = outbound.fetchFor(${JSON.stringify(GENEROUS)});
      console.log(await (await fetch('${upstream.origin}')).text());
      console.log(await fetch('${selfSigned.origin}').catch((error) => error.message));
      await outbound.onApplicationShutdown();`;
    const proxies = Object.fromEntries(
      ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'].map((name) => [name, proxy.origin]),
    );
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'reflect-metadata', '--import', 'tsx', '--input-type=module', '--eval', program],
      { env: { PATH: process.env['PATH'], ...proxies, NODE_USE_ENV_PROXY: '1', NODE_TLS_REJECT_UNAUTHORIZED: '0' } },
    );
    expect(stdout.trim().split('\n')).toEqual(['{"ok":true}', 'The connection to the provider failed: tls.']);
    expect(proxy.connections).toHaveLength(0);
    expect(selfSigned.requests).toHaveLength(0);
  });

  it('A39 does not quote a key that HTTP cannot carry', async () => {
    const upstream = await listen();
    const headers = { authorization: `Bearer ${SECRET}\r\nx: y` };
    const failure = await failureOf(call(upstream, {}, { headers }));
    expect(failure.code).toBe('validation_failed');
    expect(upstream.connections).toHaveLength(0);
  });
});

describe('time', () => {
  it.each([
    ['says nothing', hang()],
    ['sends half a head', send('HTTP/1.1 200 OK\r\ncontent-')],
    ['sends its head too slowly', drip('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n', 30)],
    ['sends only interim answers', forever(drip('HTTP/1.1 102 Processing\r\n\r\n', 20, 99))],
  ])('F06 gives up before the head when the provider %s, and destroys the socket', async (_what, step) => {
    const upstream = (await listen()).script(step, hang());
    const failure = await failureOf(call(upstream, { firstByteMs: 150 }));
    expect(failure.code).toBe('upstream_timeout');
    await upstream.connections[0]?.closed;
  });

  it('F07 gives up on a body that stalls, after what had arrived', async () => {
    const upstream = (await listen()).script(chunkedHead(), chunk('data: 1\n\n'), hang());
    const response = await call(upstream, { idleMs: 150 });
    const reader = response.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('data: 1\n\n');
    expect((await failureOf(Promise.resolve(reader?.read()))).code).toBe('upstream_timeout');
    await upstream.connections[0]?.closed;
  });

  it('F08 ends an endless drip at the total deadline although it is never idle', async () => {
    const upstream = (await listen()).script(chunkedHead(), forever(drip('3\r\n: \n\r\n', 20, 99)));
    const started = performance.now();
    const failure = await failureOf(bodyOf(call(upstream, { idleMs: 200, totalMs: 500 })));
    expect(failure.code).toBe('upstream_timeout');
    expect(performance.now() - started).toBeGreaterThan(450);
    await upstream.connections[0]?.closed;
  });

  it('counts every byte as a sign of life for the idle limit', async () => {
    const upstream = (await listen()).script(chunkedHead(), drip('1\r\n:\r\n'.repeat(8), 60, 6), lastChunk());
    expect(await bodyOf(call(upstream, { idleMs: 250 }))).toBe('::::::::');
  });

  it('F27 pauses the socket for a slow reader without calling it idle', async () => {
    const total = 8_000_000;
    const upstream = (await listen()).script(answer(200, {}, Buffer.alloc(total, 'x')));
    const response = await call(upstream, { idleMs: 200, maxResponseBytes: total });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect((await response.arrayBuffer()).byteLength).toBe(total);
  });

  it('F27 holds a bounded part of an answer for a reader that is slow', async () => {
    let sent = 0;
    const part = chunk(Buffer.alloc(262_144));
    const upstream = (await listen()).script(
      chunkedHead(),
      forever(async (exchange) => {
        await part(exchange);
        sent += 262_144;
      }),
    );
    const response = await call(upstream, { maxResponseBytes: 1e12 });
    const reader = response.body?.getReader();
    for (let n = 0; n < 20; n++) {
      await reader?.read();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(sent).toBeLessThan(30_000_000);
    await reader?.cancel();
  });
});

describe('connections that break', () => {
  it.each([
    ['reset', reset()],
    ['closed', halfClose()],
  ])('F09 says reset when the connection is %s before the head', async (_how, step) => {
    const upstream = (await listen()).script(step);
    const failure = await failureOf(call(upstream, {}, { method: 'POST', body: '{}' }));
    expect(failure.code).toBe('upstream_unavailable');
    expect(connectionFailureOf(failure)).toBe('reset');
    expect(upstream.requests).toHaveLength(1);
  });

  it.each([
    ['chunked', [chunkedHead(), chunk('data: 1\n\n')]],
    ['framed by length', [send('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\ndata: 1\n\n')]],
    [
      'framed by length on a closing connection',
      [send('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 100\r\n\r\ndata: 1\n\n')],
    ],
  ])('F10 fails a body (%s) that is reset in the middle, after what had arrived', async (_framing, steps) => {
    const upstream = (await listen()).script(...steps, wait(50), reset());
    const response = await call(upstream);
    const reader = response.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('data: 1\n\n');
    const failure = await failureOf(Promise.resolve(reader?.read()));
    expect(['upstream_unavailable', 'upstream_bad_response']).toContain(failure.code);
  });

  it.each([
    ['a short content-length body', [send('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"a":')]],
    [
      'a short body on a closing connection',
      [send('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 100\r\n\r\n{"a":')],
    ],
    ['chunks without an end', [chunkedHead('application/json'), chunk('{"a":')]],
    ['half a chunk', [chunkedHead('application/json'), send('ff\r\n{"a":')]],
    ['a chunk size that is none', [chunkedHead('application/json'), send('zz\r\n{"a":')]],
    [
      'half a gzip stream',
      [answer(200, { 'content-encoding': 'gzip' }, gzipSync('{"a":1}'.repeat(99)).subarray(0, 20))],
    ],
    ['something that is not gzip', [answer(200, { 'content-encoding': 'gzip' }, '{"a":1}')]],
  ])('F11 fails %s as upstream_bad_response', async (_what, steps) => {
    const upstream = (await listen()).script(...steps, halfClose());
    expect((await failureOf(bodyOf(call(upstream)))).code).toBe('upstream_bad_response');
  });

  it('F12 hands over a body without framing as it is: whether it is complete is judged above', async () => {
    const upstream = (await listen()).script(send('HTTP/1.1 200 OK\r\n\r\ndata: 1\n\n'), halfClose());
    expect(await bodyOf(call(upstream))).toBe('data: 1\n\n');
  });

  it.each([
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['an unknown status', 'HTTP/1.1 999 What\r\ncontent-length: 0\r\n\r\n'],
    ['both framings', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['an unasked encoding', 'HTTP/1.1 200 OK\r\ncontent-encoding: rot13\r\ncontent-length: 1\r\n\r\nx'],
  ])('F13 fails %s as upstream_bad_response', async (_what, bytes) => {
    const upstream = (await listen()).script(send(bytes), hang());
    expect((await failureOf(bodyOf(call(upstream)))).code).toBe('upstream_bad_response');
  });

  it.each([
    ['self-signed', { tls: selfSignedCertificate('127.0.0.1') }],
    ['expired', { tls: selfSignedCertificate('127.0.0.1', -1) }],
    ['made for another host', { tls: selfSignedCertificate('other.example.com') }],
  ])('F19 refuses a certificate that is %s', async (_what, options) => {
    const upstream = (await listen(options)).script(json({}));
    const failure = await failureOf(call(upstream, {}, { headers: { authorization: SECRET } }));
    expect(failure.code).toBe('upstream_unavailable');
    expect(connectionFailureOf(failure)).toBe('tls');
    expect(upstream.requests).toHaveLength(0);
  });

  it('F19 refuses a server that speaks no TLS, and bounds a handshake that stalls', async () => {
    const plain = await listen({ onConnection: (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n') });
    const stalled = await listen();
    const outbound = outboundFor({ allowPrivateUpstreams: [plain.host, stalled.host], connectTimeoutMs: 200 });
    const fetch = outbound.fetchFor(GENEROUS);
    expect(connectionFailureOf(await failureOf(fetch(`https://${plain.host}`)))).toBe('tls');
    expect(connectionFailureOf(await failureOf(fetch(`https://${stalled.host}`)))).toBe('connect_timeout');
    await stalled.connections[0]?.closed;
  });

  it('F20 bounds a slow resolver and recovers as soon as it answers', async () => {
    const upstream = (await listen()).script(json({}));
    let isSlow = true;
    const outbound = outboundFor({
      allowPrivateUpstreams: [`slow.example.com:${upstream.port}`],
      connectTimeoutMs: 200,
      resolve: async () => (isSlow ? new Promise<never>(() => undefined) : [at('127.0.0.1')]),
    });
    const fetch = outbound.fetchFor(GENEROUS);
    const failure = await failureOf(fetch(`http://slow.example.com:${upstream.port}`));
    expect(connectionFailureOf(failure)).toBe('connect_timeout');
    isSlow = false;
    expect((await fetch(`http://slow.example.com:${upstream.port}`)).status).toBe(200);
  });

  it('F21 says refused when nobody listens', async () => {
    const upstream = await listen();
    const { host, origin } = upstream;
    await upstream.close();
    cleanUps.pop();
    const failure = await failureOf(outboundFor({ allowPrivateUpstreams: [host] }).fetchFor(GENEROUS)(origin));
    expect(failure.code).toBe('upstream_unavailable');
    expect(connectionFailureOf(failure)).toBe('refused');
  });

  it('F21 tries the next address when the first one is broken', async () => {
    const upstream = (await listen()).script(json({}));
    const outbound = outboundFor({
      allowPrivateUpstreams: [`dual.example.com:${upstream.port}`],
      resolve: async () => [at('::1'), at('127.0.0.2'), at('127.0.0.1')],
    });
    expect((await outbound.fetchFor(GENEROUS)(`http://dual.example.com:${upstream.port}`)).status).toBe(200);
  });
});

describe('sizes and odd answers', () => {
  it('F22 stops an endless answer at the cap', async () => {
    const upstream = (await listen()).script(chunkedHead(), forever(chunk(Buffer.alloc(16_384))));
    const failure = await failureOf(bodyOf(call(upstream)));
    expect(failure.code).toBe('upstream_bad_response');
    expect(failure.message).toContain('1000000 bytes');
    await upstream.connections[0]?.closed;
  });

  it('F22 refuses an announced size above the cap before reading', async () => {
    const upstream = (await listen()).script(send('HTTP/1.1 200 OK\r\ncontent-length: 1000001\r\n\r\n'), hang());
    expect((await failureOf(call(upstream))).code).toBe('upstream_bad_response');
    await upstream.connections[0]?.closed;
  });

  it('F22 counts decompressed bytes, and memory stays flat', async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000));
    const upstream = (await listen()).script(answer(200, { 'content-encoding': 'gzip' }, bomb), hang());
    const before = process.memoryUsage().rss;
    expect((await failureOf(bodyOf(call(upstream)))).code).toBe('upstream_bad_response');
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
    await upstream.connections[0]?.closed;
  });

  it('F22 counts compressed bytes too, so that a stream of nothing ends', async () => {
    const emptyBlocks = Buffer.from('000000ffff'.repeat(3_000), 'hex');
    const upstream = (await listen()).script(
      send('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n'),
      chunk(gzipSync('').subarray(0, 10)),
      forever(chunk(emptyBlocks)),
    );
    expect((await failureOf(bodyOf(call(upstream)))).code).toBe('upstream_bad_response');
  });

  it('F22 decompresses what is within the cap', async () => {
    const text = 'سلام '.repeat(20_000);
    const upstream = (await listen()).script(answer(200, { 'content-encoding': 'gzip' }, gzipSync(text)));
    const response = await call(upstream);
    expect(response.headers.has('content-encoding')).toBe(false);
    expect(await response.text()).toBe(text);
  });

  it.each([
    ['a head of 64 kB', `x-long: ${'a'.repeat(65_536)}\r\n`],
    ['1,000 headers', Array.from({ length: 1_000 }, (_, n) => `x-${n}: 1\r\n`).join('')],
  ])('F22 refuses %s', async (_what, headers) => {
    const upstream = (await listen()).script(send(`HTTP/1.1 200 OK\r\n${headers}content-length: 0\r\n\r\n`), hang());
    expect((await failureOf(call(upstream))).code).toBe('upstream_bad_response');
  });

  it('F23 skips interim answers', async () => {
    const interim = 'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n';
    const upstream = (await listen()).script(send(interim), json({ ok: true }));
    expect(await bodyOf(call(upstream, {}, { method: 'POST', body: '{}' }))).toBe('{"ok":true}');
  });

  it.each([204, 304])('F23 hands over a %i without a body and reuses the connection', async (status) => {
    const upstream = (await listen()).script(send(`HTTP/1.1 ${status} Nothing\r\n\r\n`)).script(json({}));
    const fetch = outboundFor({ allowPrivateUpstreams: [upstream.host] }).fetchFor(GENEROUS);
    const response = await fetch(upstream.origin);
    expect([response.status, response.body]).toEqual([status, null]);
    await settled();
    expect((await fetch(upstream.origin)).status).toBe(200);
    expect(upstream.connections).toHaveLength(1);
  });

  it.each([
    ['an upgrade', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'],
    ['a continue', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ])('F23 refuses %s nobody asked for', async (_what, head) => {
    const upstream = (await listen()).script(send(head), hang());
    expect((await failureOf(call(upstream))).code).toBe('upstream_bad_response');
    await upstream.connections[0]?.closed;
  });
});

describe('callers who go away', () => {
  it.each(['init', 'limits'])('F26 rejects with an AbortError before the head (signal in %s)', async (where) => {
    const upstream = (await listen()).script(hang());
    const { signal, abort } = abortable();
    const pending = call(upstream, where === 'limits' ? { signal } : {}, where === 'init' ? { signal } : {});
    while (upstream.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    abort();
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
    await upstream.connections[0]?.closed;
  });

  it('F26 destroys the socket when the caller aborts, or cancels the body, in the middle', async () => {
    for (const how of ['abort', 'cancel']) {
      const upstream = (await listen()).script(chunkedHead(), forever(drip('1\r\nx\r\n', 10, 6)));
      const { signal, abort } = abortable();
      const response = await call(upstream, {}, { signal });
      const reader = response.body?.getReader();
      await reader?.read();
      if (how === 'cancel') await reader?.cancel();
      else {
        abort(new Error('caller left'));
        await expect(reader?.closed).rejects.toMatchObject({ name: 'AbortError' });
      }
      await upstream.connections[0]?.closed;
    }
  });

  it('F26 sends nothing when the caller leaves while the connection is being made', async () => {
    const upstream = (await listen()).script(json({}));
    const { signal, abort } = abortable();
    const outbound = outboundFor({
      allowPrivateUpstreams: [`slow.example.com:${upstream.port}`],
      resolve: async () => {
        abort();
        return [at('127.0.0.1')];
      },
    });
    const pending = outbound.fetchFor(GENEROUS)(`http://slow.example.com:${upstream.port}`, { signal });
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
    while (upstream.connections.length === 0) await settled();
    await upstream.connections[0]?.closed;
    expect(upstream.requests).toHaveLength(0);
  });

  it('calls nobody when the signal was aborted before', async () => {
    const upstream = await listen();
    await expect(call(upstream, {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(upstream.connections).toHaveLength(0);
  });
});

describe('OutboundHttp', () => {
  it('serves the OpenAI SDK, streaming', async () => {
    const delta = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;
    const upstream = (await listen()).script(
      chunkedHead(),
      drip(`1a\r\n: keep-alive, not a token\n\r\n`, 5, 7),
      chunk(delta('Hel')),
      chunk(delta('lo')),
      chunk('data: [DONE]\n\n'),
      lastChunk(),
    );
    const fetch = outboundFor({ allowPrivateUpstreams: [upstream.host] }).fetchFor(GENEROUS);
    const client = new OpenAI({ apiKey: 'key', baseURL: `${upstream.origin}/v1`, fetch, maxRetries: 0 });
    const messages = [{ role: 'user' as const, content: 'hi' }];
    let text = '';
    for await (const part of await client.chat.completions.create({ model: 'm', messages, stream: true }))
      text += part.choices[0]?.delta.content ?? '';
    expect(text).toBe('Hello');
    expect(upstream.requests[0]?.path).toBe('/v1/chat/completions');
  });

  it.each(['connect_timeout', 'reset'])(
    'keeps its error as the cause of the one the OpenAI SDK throws (%s)',
    async (how) => {
      const upstream = (await listen()).script(reset());
      const outbound = outboundFor({
        allowPrivateUpstreams: [`sdk.example.com:${upstream.port}`],
        connectTimeoutMs: 100,
        resolve: async () => (how === 'reset' ? [at('127.0.0.1')] : new Promise<never>(() => undefined)),
      });
      const baseURL = `http://sdk.example.com:${upstream.port}/v1`;
      const client = new OpenAI({ apiKey: 'key', baseURL, fetch: outbound.fetchFor(GENEROUS), maxRetries: 0 });
      const thrown: unknown = await client.models.list().catch((error: unknown) => error);
      expect(connectionFailureOf(thrown instanceof Error ? thrown.cause : thrown)).toBe(how);
    },
  );

  it('takes forms, URL parameters, bytes and Request objects as bodies', async () => {
    const upstream = (await listen()).script(json({}));
    const fetch = outboundFor({ allowPrivateUpstreams: [upstream.host] }).fetchFor(GENEROUS);
    const form = new FormData();
    form.append('file', new Blob(['abc']), 'a.txt');
    const bodies = [form, new URLSearchParams({ a: 'b' }), Buffer.from('bytes'), new Blob(['blob'])];
    for (const body of bodies) {
      await (await fetch(upstream.origin, { method: 'POST', body })).text();
      await settled();
    }
    await (await fetch(new Request(`${upstream.origin}/r?x=1`, { method: 'PUT', body: 'request' }))).text();
    const texts = upstream.requests.map(({ body }) => body.toString());
    expect(texts[0]).toContain('filename="a.txt"');
    expect(upstream.requests[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(texts.slice(1)).toEqual(['a=b', 'bytes', 'blob', 'request']);
    expect(upstream.requests[4]).toMatchObject({ method: 'PUT', path: '/r?x=1' });
    expect(upstream.connections).toHaveLength(1);
  });

  it('is injectable, and closes its connections when the application shuts down', async () => {
    const upstream = (await listen()).script(chunkedHead(), chunk('x'), hang());
    const options: OutboundOptions = { allowPrivateUpstreams: [upstream.host] };
    const module = await Test.createTestingModule({
      providers: [OutboundHttp, { provide: OUTBOUND_OPTIONS, useValue: options }],
    }).compile();
    const outbound = module.get(OutboundHttp);
    const response = await outbound.fetchFor(GENEROUS)(upstream.origin);
    await module.close();
    await upstream.connections[0]?.closed;
    expect((await failureOf(response.text())).code).toBe('service_unavailable');
    expect((await failureOf(outbound.fetchFor(GENEROUS)(upstream.origin))).code).toBe('service_unavailable');
  });

  it('does not keep the pools of every origin it ever met', async () => {
    const outbound = outboundFor();
    const first = outbound.poolFor('https://host-0.example.com');
    for (let n = 1; n < 200; n++) outbound.poolFor(`https://host-${n}.example.com`);
    expect(outbound.poolFor('https://host-0.example.com')).not.toBe(first);
  });
});

/** undici hands a connection back a tick after the answer ended. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

function abortable(): { signal: AbortSignal; abort: (reason?: unknown) => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: (reason) => controller.abort(reason) };
}
