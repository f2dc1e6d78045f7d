import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as conventions from '@opentelemetry/semantic-conventions/incubating';
import { OtlpCollector } from '../support/otlp-collector.js';
import { ServerProcess, temporaryFolder } from '../support/server-process.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ADMIN_TOKEN = 'collector-token-of-at-least-32-characters';
const SECRET = 'the secret of the house';
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';

/** Every name that the conventions know, and every value they list for an operation and an output. */
const known = new Set<unknown>(Object.values(conventions));
const valuesOf = (prefix: string): unknown[] =>
  Object.entries(conventions).flatMap(([name, value]) => (name.startsWith(prefix) ? [value] : []));

describe('a real OpenTelemetry SDK and a collector', () => {
  const folder = temporaryFolder();
  const sdk = join(ROOT, `test/operations/telemetry-${process.pid}.mjs`);
  let collector: OtlpCollector;

  const start = (endpoint: string) =>
    ServerProcess.start(
      { PORT: '0', DATA_DIR: folder.path, ADMIN_TOKEN, CRON: 'false', OTEL_EXPORTER_OTLP_ENDPOINT: endpoint },
      '--import',
      [sdk, 'dist/main.js'],
    );

  beforeAll(async () => {
    const page = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8');
    const [, snippet = ''] = /^```js\n([\s\S]*?)^```$/m.exec(page) ?? [];
    writeFileSync(sdk, snippet); // the one that the documentation shows; here, so that it finds its packages
    collector = await OtlpCollector.start();
    const server = start(collector.url);
    const address = await server.ready(120_000);
    const call = async (path: string, body: object) => {
      const headers = {
        authorization: `Bearer ${ADMIN_TOKEN}`,
        'content-type': 'application/json',
        traceparent: `00-${TRACE}-${PARENT}-01`,
      };
      await (await fetch(address + path, { method: 'POST', headers, body: JSON.stringify(body) })).text();
    };
    const messages = [{ role: 'user', content: SECRET }];
    await call('/api/admin/ai/chat/send', { message: SECRET });
    await call('/api/admin/ai/chat/send', { message: SECRET, stream: true });
    await call('/v1/chat/completions', { model: 'chat', messages });
    await call('/v1/chat/completions', { model: 'chat', messages, stream: true });
    await call('/api/admin/ai/image/generate', { prompt: SECRET });
    await call('/v1/audio/speech', { model: 'audio', input: SECRET, voice: 'alloy' });
    await call('/api/admin/ai/chat/send', { message: SECRET, provider: 'openai', model_id: SECRET });
    expect(await server.stop()).toBe(0); // what was not sent yet is sent now
  }, 180_000);
  afterAll(async () => {
    await ServerProcess.killAll();
    collector.stop();
    rmSync(sdk, { force: true });
    folder.remove();
  });

  it('gets a span per generation, below the trace of the caller', () => {
    expect(collector.spans.map(({ name }) => name.split(' ')[0])).toEqual([
      ...Array.from({ length: 4 }, () => 'chat'),
      'generate_content',
      'generate_content',
      'chat',
    ]);
    expect(new Set(collector.spans.map(({ traceId, parentSpanId }) => `${traceId}/${parentSpanId}`))).toEqual(
      new Set([`${TRACE}/${PARENT}`]),
    );
    for (const { startTimeUnixNano, endTimeUnixNano } of collector.spans)
      expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano));
    const [plain, stream, , , image, speech, failed] = collector.spans;
    expect(plain).toMatchObject({
      kind: 3,
      attributes: {
        'gen_ai.provider.name': 'sandbox',
        'gen_ai.output.type': 'text',
        'gen_ai.usage.input_tokens': expect.any(Number),
        'gen_ai.usage.output_tokens': expect.any(Number),
      },
    });
    expect(stream?.attributes).toMatchObject({
      'gen_ai.request.stream': true,
      'gen_ai.response.time_to_first_chunk': expect.any(Number),
    });
    expect([image?.attributes['gen_ai.output.type'], speech?.attributes['gen_ai.output.type']]).toEqual([
      'image',
      'speech',
    ]);
    expect(failed).toMatchObject({
      status: { code: 2 },
      attributes: { 'error.type': expect.stringMatching(/^[a-z_]+$/) },
    });
  });

  it('gets the histograms, with the bounds that the conventions advise', () => {
    const of = (metric: string) => collector.series.filter((series) => series.metric === metric);
    const durations = of('gen_ai.client.operation.duration');
    expect(durations.reduce((sum, { count }) => sum + count, 0)).toBe(7);
    expect(durations[0]).toMatchObject({ unit: 's', bounds: expect.arrayContaining([0.01, 81.92]) });
    // Two chats and the speech were streams.
    expect(of('gen_ai.client.operation.time_to_first_chunk').reduce((sum, { count }) => sum + count, 0)).toBe(3);
    const tokens = of('gen_ai.client.token.usage');
    expect(new Set(tokens.map(({ attributes }) => attributes['gen_ai.token.type']))).toEqual(
      new Set(['input', 'output']),
    );
    expect(tokens[0]).toMatchObject({ unit: '{token}', bounds: expect.arrayContaining([1, 4, 67_108_864]) });
    expect([...collector.scopes]).toEqual(['nestjs-ai-switchboard']);
  });

  it('A39 finds nothing but names of the conventions, and no person, key or text', () => {
    const attributes = [...collector.spans, ...collector.series].map((signal) => signal.attributes);
    const names = new Set([
      ...attributes.flatMap((each) => Object.keys(each)),
      ...collector.series.map(({ metric }) => metric),
    ]);
    expect([...names].filter((name) => !known.has(name))).toEqual([]);
    const operations = new Set(attributes.map((each) => each['gen_ai.operation.name']));
    expect([...operations].filter((value) => !valuesOf('GEN_AI_OPERATION_NAME_VALUE').includes(value))).toEqual([]);
    const outputs = new Set(attributes.flatMap((each) => each['gen_ai.output.type'] ?? []));
    expect([...outputs].filter((value) => !valuesOf('GEN_AI_OUTPUT_TYPE_VALUE').includes(value))).toEqual([]);
    const all = collector.bodies.join('\n');
    for (const secret of [SECRET, ADMIN_TOKEN, 'static-admin']) expect(all).not.toContain(secret);
  });

  it('F63 is not waited for when it hangs: calls are answered, the server ends', async () => {
    const hanging = createServer(() => undefined); // takes everything, answers nothing
    await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve));
    const { port } = hanging.address() as AddressInfo;
    const server = start(`http://127.0.0.1:${port}`);
    const address = await server.ready(120_000);
    for (let call = 0; call < 20; call += 1) {
      const headers = { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ message: 'hello' });
      expect((await fetch(`${address}/api/admin/ai/chat/send`, { method: 'POST', headers, body })).status).toBe(200);
    }
    expect(await server.stop()).toBe(0);
    hanging.closeAllConnections();
    hanging.close();
  });
});
