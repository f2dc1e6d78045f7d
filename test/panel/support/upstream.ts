import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A provider on loopback in OpenRouter's shape: a list of models, a key check, streamed answers. */
export interface Upstream {
  readonly host: string;
  /** Base URL whose list has 414 models (the public list where it is at hand) and three hostile ones. */
  readonly usual: string;
  /** Base URL whose list has 10,000 models. */
  readonly large: string;
  /** Milliseconds between two pieces of a stream. */
  pace: number;
  /** Ids of models that the usual list has got since the start. */
  joined: string[];
  close(): Promise<void>;
}

/** A model that is listed and never answers. */
export const BROKEN = 'maker/broken';
export const GOOD_KEY = 'sk-or-v1-panel-suite-good-4321';
export const REPLY =
  '**Hello** from the emulator.\n\n<img src=x onerror="window.hacked=1">\n\n![pixel](https://example.com/pixel.png) [bad](javascript:window.hacked=2)\n\nتمام شد.';

/** Names as an attacker would choose them (A76, A78) and one without an end. */
export const HOSTILE = [
  ['hostile/markup', '<img src=x onerror="window.hacked=3"> Markup'],
  ['hostile/override', 'Safe \u202egnp.exe\u2066 override'],
  ['hostile/endless', `Endless ${'a'.repeat(10_240)}`],
] as const;

const FACTS = '../shared/facts/data/openrouter-models.json';

const model = (id: string, name: string, price: string) => ({
  id,
  name,
  description: `${name} `.repeat(3),
  context_length: 128_000,
  architecture: { input_modalities: ['text'], output_modalities: ['text'] },
  pricing: { prompt: price, completion: price },
});

export async function startUpstream(): Promise<Upstream> {
  const usual = existsSync(FACTS)
    ? (JSON.parse(readFileSync(FACTS, 'utf8')) as { data: unknown[] }).data
    : Array.from({ length: 414 }, (_, index) => model(`maker/model-${index}`, `Model ${index}`, '0.000001'));
  const hostile = HOSTILE.map(([id, name]) => model(id, name, '0.000001'));
  const persian = model('maker/persian', 'مدل کتابی علی', '0.000002');
  const large = Array.from({ length: 10_000 }, (_, index) =>
    model(`large/model-${index}`, `${['Nova', 'Lumen', 'Terra', 'کتاب'][index % 4]} ${index}`, `${(index % 97) / 1e7}`),
  );
  const broken = model(BROKEN, 'Broken model', '0.000002');
  const upstream = { pace: 15, joined: [] as string[] };
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => answer(request.url ?? '', request, response, body));
  });
  const usualNow = () => [
    ...usual,
    ...hostile,
    persian,
    broken,
    ...upstream.joined.map((id) => model(id, `Newcomer ${id}`, '0.000003')),
  ];
  async function answer(url: string, request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    if (/\/models(\?|$)/.test(url)) return json(response, 200, { data: url.startsWith('/large') ? large : usualNow() });
    if (/\/key$/.test(url)) {
      const isKnown = request.headers.authorization === `Bearer ${GOOD_KEY}`;
      return json(
        response,
        isKnown ? 200 : 401,
        isKnown ? { data: { label: 'suite' } } : { error: { message: 'No', code: 401 } },
      );
    }
    if (!/chat\/completions$/.test(url)) return json(response, 404, { error: { message: 'Not here', code: 404 } });
    const asked = JSON.parse(body) as { model: string; stream?: boolean };
    if (asked.model === BROKEN) return json(response, 500, { error: { message: 'Out of order', code: 500 } });
    const usage = { prompt_tokens: 21, completion_tokens: 34, total_tokens: 55 };
    const text = `${REPLY}\n\n\`${asked.model}\``;
    const head = { id: 'suite', object: 'chat.completion', created: 1, model: asked.model };
    if (asked.stream !== true) {
      const message = { role: 'assistant', content: text };
      return json(response, 200, { ...head, choices: [{ index: 0, message, finish_reason: 'stop' }], usage });
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const write = (part: object) =>
      response.write(`data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', ...part })}\n\n`);
    for (const content of text.match(/[\s\S]{1,6}/gu) ?? []) {
      if (response.destroyed) return;
      write({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
      await new Promise((resolve) => setTimeout(resolve, upstream.pace));
    }
    write({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
    write({ choices: [], usage });
    response.end('data: [DONE]\n\n');
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(upstream, {
    host,
    usual: `http://${host}/usual`,
    large: `http://${host}/large`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
