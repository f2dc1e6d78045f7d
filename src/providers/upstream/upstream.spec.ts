import { describe, expect, it } from '@jest/globals';
import { SwitchboardError } from '../../core/errors/index.js';
import type { ProviderStrategy } from '../contract/index.js';
import { errorInside, readRefusal, redact, retryAfterSeconds, strategyFetch } from './index.js';

const KEY = 'not-a-shape-we-know-42';

async function thrown(response: Response, strategy: ProviderStrategy = {}): Promise<SwitchboardError> {
  const fetch = strategyFetch(async () => response, strategy, { slug: 'acme' }, KEY);
  const error: unknown = await fetch('https://api.acme.test/v1').catch((each: unknown) => each);
  if (error instanceof SwitchboardError) return error;
  throw new Error('The fetch did not throw a SwitchboardError.');
}

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });

describe('strategyFetch', () => {
  it('lets 2xx through untouched', async () => {
    const fetch = strategyFetch(async () => answer(201, 'made'), {}, { slug: 'acme' }, KEY);
    expect(await (await fetch('https://api.acme.test')).text()).toBe('made');
  });

  it.each([
    [401, { error: { message: 'bad key' } }, 'upstream_auth_failed'],
    [402, { error: 'no credits left' }, 'upstream_auth_failed'],
    [403, { message: 'no', id: '1' }, 'upstream_auth_failed'],
    [400, { code: 'invalid-argument', error: 'Incorrect API key provided. See the console.' }, 'upstream_auth_failed'],
    [429, { error: { message: 'slow down' } }, 'upstream_rate_limited'],
    [404, { error: { message: 'The model `x` does not exist', code: 'model_not_found' } }, 'model_unavailable'],
    [404, { type: 'error', error: { type: 'not_found_error', message: 'model: x' } }, 'model_unavailable'],
    [400, { error: { message: 'Model Not Exist' } }, 'model_unavailable'],
    [400, { error: { message: 'The supported API model names are a or b, but you passed c.' } }, 'model_unavailable'],
    [400, { error: { message: 'bad/model is not a valid model ID', code: 400 } }, 'model_unavailable'],
    [400, { error: { message: "Invalid model 'x'.", type: 'invalid_model', code: 400 } }, 'model_unavailable'],
    [400, { error: { message: 'model "qwen3:4b" not found, try pulling it first' } }, 'model_unavailable'],
    [400, { error: { message: "This model does not support effort level 'x'." } }, 'upstream_rejected'],
    [400, { message: 'model features function calling not support' }, 'upstream_rejected'],
    [413, { error: { message: 'too large', code: 'rate_limit_exceeded' } }, 'upstream_rejected'],
    [422, { detail: [{ loc: ['body'], msg: "Input should be 'function'" }] }, 'upstream_rejected'],
    [404, '<html><title>404 Not Found</title></html>', 'upstream_bad_response'],
    [408, '', 'upstream_unavailable'],
    [498, { error: { code: 'capacity_exceeded' } }, 'upstream_unavailable'],
    [500, { detail: 'later' }, 'upstream_unavailable'],
    [524, '', 'upstream_unavailable'],
    [529, { error: { message: 'Overloaded' } }, 'upstream_unavailable'],
    [504, '', 'upstream_timeout'],
    [302, '', 'upstream_redirect'],
  ])('reads %i %j as %s', async (status, body, code) => {
    expect((await thrown(answer(status, body))).code).toBe(code);
  });

  it('asks the strategy first', async () => {
    const own = new SwitchboardError('upstream_timeout', 'own reading');
    expect(await thrown(answer(400, {}), { diagnose: () => own })).toBe(own);
    expect((await thrown(answer(500, {}), { diagnose: () => undefined })).code).toBe('upstream_unavailable');
  });

  it('passes the wait of a 429 on, and never repeats when the money is gone', async () => {
    const limited = await thrown(answer(429, {}, { 'retry-after': '24' }));
    expect(limited).toMatchObject({ retryAfterSeconds: 24, retry: 'same-key' });
    const spent = await thrown(answer(429, { error: { message: 'm', code: 'insufficient_quota' } }));
    expect(spent.retry).toBe('never');
  });

  it('A41: takes the key and anything like one out of message, text and JSON', async () => {
    const message = `Incorrect API key provided: ${KEY}, sk-proj-abc***wxyz, see https://x.test/?key=AIzaSyA1234567890&a=1`;
    const error = await thrown(answer(401, { error: { message } }));
    expect(error.message).not.toMatch(/42|sk-|AIza/);
    const refusal = await readRefusal(answer(401, { error: { message } }), KEY);
    expect(JSON.stringify(refusal.json) + refusal.text).not.toMatch(/know-42|sk-|AIza/);
  });

  it('reads no more than it must of an endless refusal', async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(10_000).fill(97));
      },
    });
    const refusal = await readRefusal(new Response(endless, { status: 500 }), null);
    expect(refusal.text).toHaveLength(2048);
    expect(pulled).toBeLessThan(12);
  });
});

describe('redact', () => {
  it.each(['use Bearer authentication with hf-inference', 'task-based models', 'a masked ask-me-anything'])(
    'leaves plain words: %s',
    (text) => {
      expect(redact(text)).toBe(text);
    },
  );

  it.each([
    'gsk_abcdefgh1234',
    'hf_abcdefghijkl',
    'xai-abcdefghijk',
    'Bearer abcdef123456',
    'eyJhbGciOiJIUzI.eyJzdWIi.x',
  ])('hides %s', (text) => {
    expect(redact(`key ${text} is wrong`)).toMatch(/^key (?:Bearer )?\[redacted\] is wrong$/);
  });
});

describe('retryAfterSeconds', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  it.each([
    [{ 'retry-after': '3' }, 3],
    [{ 'retry-after': '0.2' }, 1],
    [{ 'retry-after': '1e9' }, 60],
    [{ 'retry-after': '-5' }, 0],
    [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 2],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, 30],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('reads %j as %p', (headers, expected) => {
    expect(retryAfterSeconds(new Headers(headers as Record<string, string>), now)).toBe(expected);
  });
});

describe('errorInside', () => {
  it.each([
    [{ error: { message: 'Provider returned error', code: 400 } }, 'upstream_rejected'],
    [{ error: { message: 'no', status_code: 503 } }, 'upstream_unavailable'],
    [{ error: { message: 'no', code: 'tool_use_failed' } }, 'upstream_bad_response'],
    [{ error: 'plain' }, 'upstream_bad_response'],
  ])('reads %j as %s', (json, code) => {
    expect(errorInside(json, {}, 'acme', null).code).toBe(code);
  });

  it('A41: repeats no key', () => {
    expect(errorInside({ error: { message: `bad ${KEY}` } }, {}, 'acme', KEY).message).not.toContain(KEY);
  });
});
