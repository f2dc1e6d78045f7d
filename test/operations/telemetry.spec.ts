import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Attributes, metrics, type Span, type SpanOptions, trace } from '@opentelemetry/api';
import { TestServer } from '../support/test-server.js';

interface SeenSpan {
  readonly name: string;
  readonly attributes: Attributes;
  ended: boolean;
}

describe('telemetry', () => {
  const spans: SeenSpan[] = [];
  const measurements: { name: string; value: number; attributes: Attributes }[] = [];
  let server: TestServer;

  beforeAll(async () => {
    const startSpan = (name: string, { attributes = {} }: SpanOptions = {}) => {
      const seen: SeenSpan = { name, attributes, ended: false };
      spans.push(seen);
      return { setStatus: () => undefined, end: () => void (seen.ended = true) } as unknown as Span;
    };
    trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan, startActiveSpan: () => undefined }) as never });
    const createHistogram = (name: string) => ({
      record: (value: number, attributes: Attributes = {}) => void measurements.push({ name, value, attributes }),
    });
    metrics.setGlobalMeterProvider({ getMeter: () => ({ createHistogram }) as never });
    server = await TestServer.start();
    await server.call('POST', '/api/admin/ai/chat/send', { message: 'the secret of the house' });
    await server.call('POST', '/api/admin/ai/image/generate', { prompt: 'the secret of the house' });
    await server.call('POST', '/api/admin/ai/chat/send', { message: 'x', provider: 'openai', model_id: 'absent' });
  });
  afterAll(async () => {
    await server.stop();
    trace.disable();
    metrics.disable();
  });

  it('makes a span per generation after the GenAI conventions', () => {
    expect(spans.map(({ name }) => name)).toEqual([
      expect.stringMatching(/^chat \S+/),
      expect.stringMatching(/^generate_content \S+/),
      'chat',
    ]);
    expect(spans.every(({ ended }) => ended)).toBe(true);
    expect(spans[0]?.attributes).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'sandbox',
      'gen_ai.usage.input_tokens': expect.any(Number),
      'gen_ai.usage.output_tokens': expect.any(Number),
      'gen_ai.output.type': 'text',
    });
    expect(spans[2]?.attributes).toMatchObject({ 'error.type': expect.stringMatching(/^[a-z_]+$/) });
    const names = new Set(measurements.map(({ name }) => name));
    expect(names).toEqual(new Set(['gen_ai.client.operation.duration', 'gen_ai.client.token.usage']));
  });

  it('A38 shows Prometheus the counters, to superadmins only', async () => {
    expect((await server.call('GET', '/metrics', undefined, null)).status).toBe(401);
    const { status, headers, text } = await server.call('GET', '/metrics');
    expect([status, headers['content-type']]).toEqual([200, expect.stringContaining('text/plain')]);
    expect(text).toMatch(
      /switchboard_generations_total\{capability="chat",provider="sandbox",model="[^"]+",status="ok",error_code=""\} 1/,
    );
    expect(text).toMatch(/switchboard_tokens_total\{.*type="output"\} \d+/);
    expect(text).toContain('switchboard_running_calls 1');
  });

  it('F62 shows Prometheus how late the event loop is', async () => {
    await server.call('GET', '/metrics');
    const until = performance.now() + 150;
    await sleep(50); // so that the watch has begun
    while (performance.now() < until + 300); // held up
    await sleep(50);
    const { text } = await server.call('GET', '/metrics');
    expect(Number(/^nodejs_eventloop_lag_p99_seconds (\S+)$/m.exec(text)?.[1])).toBeGreaterThan(0.1);
  });

  it('A39 names neither persons nor texts', async () => {
    const { text } = await server.call('GET', '/metrics');
    const all = text + JSON.stringify(spans) + JSON.stringify(measurements);
    for (const secret of ['secret of the house', 'static-admin', 'test-admin-token', 'admin-token'])
      expect(all).not.toContain(secret);
    expect(text).not.toMatch(/(?:admin|user|token|owner|prompt)(?:_id)?="/);
  });
});
