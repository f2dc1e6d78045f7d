import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  answer,
  chunk,
  chunkedHead,
  hang,
  reset,
  ScriptedUpstream,
  send,
  type Step,
} from '../support/scripted-upstream.js';
import { eventsOf, TestServer } from '../support/test-server.js';
import { within } from '../support/patience.js';

const KEY = 'sk-canary-very-secret-0123456789';
/** A line of a stack. */
const STACK = /\bat .*\.(js|ts):\d+/;
const json = { 'content-type': 'application/json' };
const error = (message: string, code: string) => JSON.stringify({ error: { message, type: 'x', param: null, code } });
const delta = (content: string) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`;

/** What the provider does → what the caller sees. */
const PLAIN: readonly [string, Step[], number, string, Record<string, string>?][] = [
  [
    'F05 a wrong key',
    [answer(401, json, error(`Incorrect API key provided: ${KEY}`, 'invalid_api_key'))],
    502,
    'upstream_auth_failed',
  ],
  ['F05 no permission', [answer(403, json, error('You may not', 'forbidden'))], 502, 'upstream_auth_failed'],
  [
    'F01 too many requests',
    [answer(429, { ...json, 'retry-after': '17' }, error('Slow down', 'rate_limit_exceeded'))],
    429,
    'upstream_rate_limited',
    { 'retry-after': '17' },
  ],
  [
    'F02 no money left',
    [answer(429, json, error('You exceeded your current quota', 'insufficient_quota'))],
    429,
    'upstream_rate_limited',
  ],
  ['F03 a failure', [answer(500, json, error('The server had an error', 'server_error'))], 502, 'upstream_unavailable'],
  [
    'F04 a refusal',
    [answer(400, json, error('messages is too long', 'context_length_exceeded'))],
    400,
    'upstream_rejected',
  ],
  [
    'an unknown model',
    [answer(404, json, error('The model `m` does not exist', 'model_not_found'))],
    409,
    'model_unavailable',
  ],
  ['F06 silence', [hang()], 504, 'upstream_timeout'],
  ['F09 a reset', [reset()], 502, 'upstream_unavailable'],
  [
    'F11 half a JSON document',
    [
      send('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{"choices": [{"mess'),
      ({ socket }) => void socket.end(),
    ],
    502,
    'upstream_bad_response',
  ],
  [
    'F13 HTML',
    [answer(200, { 'content-type': 'text/html' }, '<html><body>Welcome</body></html>')],
    502,
    'upstream_bad_response',
  ],
  ['F13 nothing', [answer(200, json, '')], 502, 'upstream_bad_response'],
  ['F13 null', [answer(200, json, 'null')], 502, 'upstream_bad_response'],
  [
    'F15 an error inside a 200',
    [answer(200, json, JSON.stringify({ error: { message: 'Upstream broke', code: 502 } }))],
    502,
    'upstream_unavailable',
  ],
  ['A06 a redirect', [answer(302, { location: 'http://127.0.0.1:1/steal' }, '')], 502, 'upstream_redirect'],
];

const STREAM: readonly [string, Step[], string][] = [
  ['F07 silence in mid-stream', [chunkedHead(), chunk(delta('Half')), hang()], 'upstream_timeout'],
  [
    'F12 an end before the answer’s',
    [
      send(`HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n${delta('Half')}`),
      ({ socket }) => void socket.end(),
    ],
    'upstream_bad_response',
  ],
  ['F10 a reset in mid-stream', [chunkedHead(), chunk(delta('Half')), reset()], 'upstream_unavailable'],
  [
    'F15 an error in mid-stream',
    [chunkedHead(), chunk(delta('Half')), chunk(`event: error\ndata: ${error('It broke', 'server_error')}\n\n`)],
    'upstream_bad_response',
  ],
];

describe('trouble of the provider, as the caller sees it', () => {
  let upstream: ScriptedUpstream;
  let server: TestServer;
  let slug = 0;

  beforeAll(async () => {
    upstream = await ScriptedUpstream.listen();
    server = await TestServer.start({ ALLOW_PRIVATE_UPSTREAMS: upstream.host });
  });
  afterAll(async () => {
    await server.stop();
    await upstream.close();
  });
  /** A fresh provider per case: the breaker of one does not touch another. */
  const provider = async (steps: Step[]) => {
    slug += 1;
    upstream.only(...steps);
    const made = await server.call('POST', '/api/admin/ai-providers', {
      slug: `trouble-${slug}`,
      name: 'Trouble',
      api_base_url: `${upstream.origin}/v1`,
      api_key: KEY,
      capabilities: { chat: { supported: true, has_dynamic_models: false, models: [{ id: 'm' }] } },
      config: { max_retry: 0, timeout: 1 },
    });
    expect(made.status).toBe(201);
    expect(made.text).not.toContain(KEY);
    return { provider: `trouble-${slug}`, model_id: 'm' };
  };

  it.each(PLAIN)('%s', async (_name, steps, status, code, headers = {}) => {
    const target = await provider(steps);
    const result = await server.call<{ code: string; detail: string }>('POST', '/api/admin/ai/chat/send', {
      message: 'Hi',
      ...target,
    });
    expect([result.status, result.body.code]).toEqual([status, code]);
    expect(result.headers).toMatchObject(headers);
    expect(result.text).not.toContain(KEY);
    expect(result.text).not.toMatch(STACK);
    expect(server.log.filter((line) => line.includes(KEY) || STACK.test(line))).toEqual([]);
  });

  it.each(STREAM)(
    '%s',
    async (_name, steps, code) => {
      const target = await provider(steps);
      const started = performance.now();
      const result = await server.call('POST', '/api/admin/ai/chat/send', { message: 'Hi', stream: true, ...target });
      const events = eventsOf(result.text);
      expect(events[0]).toEqual({ event: 'delta', data: { text: 'Half' } });
      expect(events.at(-1)).toMatchObject({ event: 'error', data: { code } });
      expect(events.filter(({ event }) => event === 'done')).toEqual([]);
      expect(result.text).not.toContain(KEY);
      if (code !== 'upstream_timeout') expect(performance.now() - started).toBeLessThan(within(6_000));
    },
    90_000,
  );
});
