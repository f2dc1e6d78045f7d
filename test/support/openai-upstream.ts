import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface UpstreamCall {
  readonly path: string;
  readonly key: string;
  readonly body: Record<string, unknown>;
  readonly headers: IncomingMessage['headers'];
}

/** What the upstream answers to a chat call; `undefined` for the ordinary answer. */
export type Answering = (call: UpstreamCall, response: ServerResponse) => Promise<boolean | void> | boolean | void;

export interface OpenAiUpstream {
  readonly url: string;
  readonly port: number;
  readonly calls: UpstreamCall[];
  /** Milliseconds before each answer, so that calls overlap. */
  delayMs: number;
  models: readonly object[];
  /** Answers true when it has answered by itself. */
  answering: Answering;
  stop(): Promise<void>;
}

/** The vendor's list, as it is before a test changes it. */
export const MODELS: readonly object[] = [
  { id: 'priced', name: 'Priced', context_length: 8000, pricing: { prompt: '0.000001', completion: '0.000002' } },
  { id: 'unpriced', name: 'Unpriced', context_length: 8000 },
];

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A hundredth of a second of silence. */
const WAV = Buffer.from(
  `524946465400000057415645666d74201000000001000100401f0000803e0000020010006461746130000000${'00'.repeat(48)}`,
  'hex',
);

/** An article as the prompt asks for it. */
export const ARTICLE = JSON.stringify({
  title: 'Bees',
  meta_title: 'Bees',
  meta_description: 'All about bees.',
  slug: 'bees',
  keywords: ['bees'],
  content: '# Bees\n\nBees make honey.',
});

/** An article where the prompt asks for JSON, else a greeting. */
const textFor = (body: object) => (JSON.stringify(body).includes('meta_description') ? ARTICLE : 'Hello there');

/** Tokens that the ordinary answer claims. */
export const USAGE = { prompt_tokens: 10, completion_tokens: 20, total_tokens: 30 };

/** A small vendor that speaks OpenAI's dialect and counts every call that reaches it. */
export async function startOpenAiUpstream(): Promise<OpenAiUpstream> {
  const calls: UpstreamCall[] = [];
  const server = createServer((request, response) => void answer(request, response));
  const upstream: OpenAiUpstream = {
    url: '',
    port: 0,
    calls,
    delayMs: 0,
    models: MODELS,
    answering: () => undefined,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (/\/models(?:\?|$)/.test(request.url ?? ''))
      return json(response, 200, { object: 'list', data: upstream.models });
    if (request.method === 'GET') return json(response, 200, { data: {} });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
    const key = String(request.headers.authorization).replace('Bearer ', '');
    const call = { path: request.url ?? '', key, body, headers: request.headers };
    calls.push(call);
    await sleep(upstream.delayMs);
    if (await upstream.answering(call, response)) return;
    if (call.path.endsWith('/images/generations')) return json(response, 200, { data: [{ b64_json: PNG }] });
    if (call.path.endsWith('/audio/speech'))
      return void response.writeHead(200, { 'content-type': 'audio/wav' }).end(WAV);
    if (body['stream'] === true) return stream(response, ['Hello', ' there']);
    json(response, 200, {
      id: 'c1',
      object: 'chat.completion',
      model: body['model'],
      choices: [{ index: 0, message: { role: 'assistant', content: textFor(body) }, finish_reason: 'stop' }],
      usage: USAGE,
    });
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(upstream, { port, url: `http://127.0.0.1:${port}/v1` });
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

export const chunk = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;

function stream(response: ServerResponse, texts: readonly string[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const content of texts) response.write(chunk({ content }));
  response.write(chunk({}, 'stop'));
  response.write(`data: ${JSON.stringify({ choices: [], usage: USAGE })}\n\n`);
  response.end('data: [DONE]\n\n');
}
