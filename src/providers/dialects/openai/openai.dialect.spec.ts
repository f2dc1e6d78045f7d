import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fetch as undiciFetch } from 'undici';
import { callOver, type CallOptions } from '../../../../test/support/recordings.js';
import { SwitchboardError } from '../../../core/errors/index.js';
import type { ChatEvent, ChatRequest } from '../../contract/index.js';
import { collectChat, openAiImage, OpenAiDialect, openAiSpeech } from './index.js';

class PlainProvider extends OpenAiDialect {
  readonly image = openAiImage;
  readonly speech = openAiSpeech;
}

const strategy = new PlainProvider();
const REQUEST: ChatRequest = { model: 'm', messages: [{ role: 'user', content: 'سلام' }] };
const USAGE = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 };
const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex');

const chunk = (delta: object, finish: string | null = null, more: object = {}): string =>
  JSON.stringify({
    id: 'c',
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason: finish }],
    ...more,
  });
const sse = (...chunks: string[]): string => chunks.map((each) => `data: ${each}\n\n`).join('');
const plain = (message: object, finish = 'stop', more: object = {}): string =>
  JSON.stringify({ choices: [{ index: 0, message, finish_reason: finish }], usage: USAGE, ...more });

const bodyOf = (pieces: readonly (string | Uint8Array)[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start: (controller) => {
      for (const piece of pieces)
        controller.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);
      controller.close();
    },
  });

/** A `fetch` that answers in pieces and keeps what it was asked. */
function answering(
  pieces: readonly (string | Uint8Array)[],
  headers: Record<string, string> = {},
): { fetch: typeof globalThis.fetch; requests: Request[] } {
  const requests: Request[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    requests.push(new Request(input, init));
    return new Response(bodyOf(pieces), { headers });
  };
  return { fetch, requests };
}

async function stream(pieces: readonly (string | Uint8Array)[], options: CallOptions = {}): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  const call = callOver(answering(pieces).fetch, strategy, options);
  for await (const event of strategy.streamChat(call, REQUEST)) events.push(event);
  return events;
}

const answerOf = async (...chunks: string[]): Promise<ReturnType<typeof collectChat>> =>
  collectChat(await stream([sse(...chunks)]));
const chat = (text: string): ReturnType<PlainProvider['chat']> =>
  strategy.chat(callOver(answering([text]).fetch, strategy), REQUEST);
const codeOf = async (run: Promise<unknown>): Promise<string> => {
  const error: unknown = await run.then(() => undefined).catch((each: unknown) => each);
  return error instanceof SwitchboardError ? error.code : `not ours: ${String(error)}`;
};

describe('the request of the OpenAI dialect', () => {
  const sent = async (request: ChatRequest, options: CallOptions = {}): Promise<[Request, Record<string, unknown>]> => {
    const { fetch, requests } = answering([plain({ content: 'x' })]);
    await strategy.chat(callOver(fetch, strategy, options), request);
    const [first] = requests;
    if (first === undefined) throw new Error('Nothing was sent.');
    return [first, (await first.json()) as Record<string, unknown>];
  };
  const names = ['OPENAI_CUSTOM_HEADERS', 'OPENAI_ORG_ID', 'OPENAI_API_KEY', 'OPENAI_BASE_URL'];

  afterEach(() => {
    for (const name of names) Reflect.deleteProperty(process.env, name);
  });

  it('maps every parameter and sends nothing that was not asked for', async () => {
    const tools = [{ type: 'function', function: { name: 'f' } }] as const;
    const [request, body] = await sent({
      ...REQUEST,
      temperature: 0,
      topP: 0.5,
      maxTokens: 9,
      stop: ['x'],
      seed: 1,
      tools,
      toolChoice: 'auto',
      parallelToolCalls: false,
      responseFormat: { type: 'json_object' },
      reasoningEffort: 'low',
    });
    expect(request.url).toBe('https://upstream.test/v1/chat/completions');
    expect(body).toEqual({
      model: 'm',
      messages: REQUEST.messages,
      temperature: 0,
      top_p: 0.5,
      max_tokens: 9,
      stop: ['x'],
      seed: 1,
      tools,
      tool_choice: 'auto',
      parallel_tool_calls: false,
      response_format: { type: 'json_object' },
      reasoning_effort: 'low',
    });
    expect((await sent(REQUEST))[1]).toEqual({ model: 'm', messages: REQUEST.messages });
  });

  it('obeys the wire profile', async () => {
    const wire = {
      chatPath: '/v2/chat',
      maxTokensField: 'max_completion_tokens',
      headers: { 'x-title': 'us' },
    } as const;
    const [request, body] = await sent({ ...REQUEST, maxTokens: 3 }, { wire });
    expect(request.url).toBe('https://upstream.test/v1/v2/chat');
    expect(request.headers.get('x-title')).toBe('us');
    expect(body).toMatchObject({ max_completion_tokens: 3 });
  });

  it.each([
    [{ type: 'bearer' }, { authorization: 'Bearer test-credential' }],
    [{ type: 'header', name: 'X-Api-Key' }, { 'x-api-key': 'test-credential' }],
    [{ type: 'none' }, {}],
  ] as const)('sends the credential by %j', async (auth, expected) => {
    const [{ headers }] = await sent(REQUEST, { wire: { auth } });
    const { authorization, 'x-api-key': key } = Object.fromEntries(headers);
    expect({ authorization, 'x-api-key': key }).toEqual({
      authorization: undefined,
      'x-api-key': undefined,
      ...expected,
    });
  });

  it('lets no header of the SDK or of the environment out', async () => {
    Object.assign(process.env, {
      OPENAI_CUSTOM_HEADERS: 'X-Secret: 1\nAuthorization: Bearer other',
      OPENAI_ORG_ID: 'org',
      OPENAI_API_KEY: 'environment',
      OPENAI_BASE_URL: 'https://elsewhere.test',
    });
    const [request] = await sent(REQUEST);
    expect(new URL(request.url).host).toBe('upstream.test');
    expect([...request.headers.keys()].sort()).toEqual(['accept', 'authorization', 'content-type', 'user-agent']);
    expect(request.headers.get('authorization')).toBe('Bearer test-credential');
    const [keyless] = await sent(REQUEST, { apiKey: null });
    expect(keyless.headers.has('authorization')).toBe(false);
  });

  it('drops of a message what the vendor would refuse', async () => {
    const call = { id: '1', type: 'function', function: { name: 'f', arguments: '{}' } } as const;
    const [, body] = await sent({
      model: 'm',
      messages: [
        { role: 'developer', content: 'be brief' },
        {
          role: 'assistant',
          content: null,
          reasoning_content: 'hm',
          tool_calls: [{ ...call, extra_content: { a: 1 } }],
        },
        { role: 'tool', content: '4', tool_call_id: '1' },
      ],
    });
    expect(body.messages).toEqual([
      { role: 'system', content: 'be brief' },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', content: '4', tool_call_id: '1' },
    ]);
  });

  it('asks for usage in streams where the vendor allows the question', async () => {
    for (const streamOptions of [true, false]) {
      const { fetch, requests } = answering([sse(chunk({ content: 'x' }, 'stop'), '[DONE]')]);
      const events = strategy.streamChat(callOver(fetch, strategy, { wire: { streamOptions } }), REQUEST);
      while ((await events.next()).done !== true);
      const expected = streamOptions ? { stream: true, stream_options: { include_usage: true } } : { stream: true };
      expect(await requests[0]?.json()).toEqual({ model: 'm', messages: REQUEST.messages, ...expected });
    }
  });

  it('does without a stream where the row has none', async () => {
    const { fetch, requests } = answering([plain({ content: 'whole' })]);
    const call = callOver(fetch, strategy, { config: { supportsStreaming: false } });
    const events: ChatEvent[] = [];
    for await (const event of strategy.streamChat(call, REQUEST)) events.push(event);
    expect(await requests[0]?.json()).not.toHaveProperty('stream');
    expect(events.map(({ type }) => type)).toEqual(['text', 'finish']);
  });
});

describe('a stream of the OpenAI dialect', () => {
  const pieces = [
    ': OPENROUTER PROCESSING\r\n\r\n',
    `data:${chunk({ role: 'assistant', content: '' })}\r\n\r\n`,
    `data: ${chunk({ reasoning: 'فکر 🙂' })}\r\n\r\n`,
    `event: message\r\ndata: ${chunk({ content: 'سلا' }, null, { usage: { ...USAGE, completion_tokens: 1 } })}\r\n\r\n`,
    `data: ${chunk({ content: 'م 🙂' }, 'stop')}\r\n\r\n`,
    `data: ${JSON.stringify({ choices: [], usage: USAGE })}\r\n\r\n`,
    'data: [DONE]\r\n\r\n',
  ];

  it('F17: gives the same answer split at every byte', async () => {
    const bytes = new TextEncoder().encode(pieces.join(''));
    const expected = { text: 'سلام 🙂', reasoning: 'فکر 🙂', usage: { promptTokens: 5, completionTokens: 7 } };
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const answer = collectChat(await stream([bytes.subarray(0, cut), bytes.subarray(cut)]));
      expect(answer).toMatchObject(expected);
    }
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(collectChat(await stream(single))).toMatchObject(expected);
  });

  it('F12: is an error without a finish reason, and complete with one', async () => {
    expect(await codeOf(stream([sse(chunk({ content: 'half' }))]))).toBe('upstream_bad_response');
    expect(await codeOf(stream([sse('[DONE]')]))).toBe('upstream_bad_response');
    expect(await answerOf(chunk({ content: 'whole' }, 'stop'))).toMatchObject({ text: 'whole', usage: null });
    expect(await answerOf(chunk({ content: 'marked' }), '[DONE]')).toMatchObject({ text: 'marked' });
  });

  it.each([
    [
      'a data object with an error',
      sse(chunk({ content: 'x' }), '{"error":{"message":"no","code":503}}'),
      'upstream_unavailable',
    ],
    ['event: error', `event: error\ndata: {"error":{"message":"no","status_code":429}}\n\n`, 'upstream_rate_limited'],
    ['event: error without a status', `event: error\ndata: {"message":"no"}\n\n`, 'upstream_bad_response'],
    ['a finish reason of error', sse(chunk({}, 'error')), 'upstream_bad_response'],
    [
      'an error inside the choice',
      sse(JSON.stringify({ choices: [{ index: 0, delta: {}, error: { code: 500 } }] })),
      'upstream_unavailable',
    ],
    ['a chunk that is no JSON', 'data: {"choices":\n\n', 'upstream_bad_response'],
    ['an error as plain JSON', '\n\n \n{"error":{"message":"no","code":400}}', 'upstream_rejected'],
    ['a web page', '<html></html>', 'upstream_bad_response'],
    ['nothing', '', 'upstream_bad_response'],
    ['null', 'null', 'upstream_bad_response'],
    ['a list', '[]', 'upstream_bad_response'],
  ])('F13, F15: takes %s for a failure', async (_name, body, code) => {
    expect(await codeOf(stream([body]))).toBe(code);
  });

  it('F14: reads plain JSON sent in place of a stream, and a stream in place of JSON', async () => {
    expect(collectChat(await stream([`\n\n${plain({ content: 'all at once' })}`]))).toMatchObject({
      text: 'all at once',
    });
    expect(await chat(sse(chunk({ content: 'in pieces' }, 'stop'), '[DONE]'))).toMatchObject({ text: 'in pieces' });
  });

  it('F18: ignores what comes after the finish reason, usage excepted', async () => {
    const late = await answerOf(
      chunk({ content: 'a' }, 'stop'),
      chunk({ content: 'late' }, 'length', { usage: USAGE }),
      '[DONE]',
      chunk({ content: 'later' }),
      '[DONE]',
    );
    expect(late).toMatchObject({ text: 'a', finishReason: { raw: 'stop' }, usage: { promptTokens: 5 } });
  });

  it('reads usage of x_groq, and keeps the last of a running one', async () => {
    const answer = await answerOf(
      chunk({ content: 'a' }, null, { usage: { ...USAGE, completion_tokens: 1 } }),
      chunk({}, 'stop', { x_groq: { usage: USAGE } }),
    );
    expect(answer.usage).toMatchObject({ completionTokens: 7 });
  });

  it('takes thoughts out of the text, wherever the tags are cut', async () => {
    const text = '\n<think>\nwhy </thin> not\n</think>\n\nthe <think> tag';
    for (let first = 0; first <= text.length; first += 1) {
      for (let second = first; second <= text.length; second += 5) {
        const parts = [text.slice(0, first), text.slice(first, second), text.slice(second)];
        const answer = await answerOf(...parts.map((content) => chunk({ content })), chunk({}, 'stop'));
        expect(answer).toMatchObject({ text: 'the <think> tag', reasoning: 'why </thin> not' });
      }
    }
    expect(await chat(plain({ content: text }))).toMatchObject({
      text: 'the <think> tag',
      reasoning: 'why </thin> not',
    });
    expect(await chat(plain({ content: '<think>cut o' }, 'length'))).toMatchObject({ text: '', reasoning: 'cut o' });
    expect(await chat(plain({ content: ' <thin air' }))).toMatchObject({ text: ' <thin air', reasoning: null });
  });

  it('joins tool calls by index, and by id where the index says nothing', async () => {
    const call = (
      index: number | undefined,
      id: string | undefined,
      name: string | undefined,
      args: unknown,
    ): object => ({
      tool_calls: [{ index, id, type: 'function', function: { name, arguments: args } }],
    });
    const byIndex = await answerOf(
      chunk(call(0, 'a', 'f', '{"x"')),
      chunk(call(1, 'b', 'g', '')),
      chunk(call(0, undefined, undefined, ':1}')),
      chunk({}, 'stop'),
    );
    expect(byIndex.toolCalls).toEqual([
      { id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":1}' } },
      { id: 'b', type: 'function', function: { name: 'g', arguments: '{}' } },
    ]);
    expect(byIndex.finishReason).toEqual({ unified: 'tool_calls', raw: 'stop' });
    const sameIndex = await answerOf(
      chunk(call(0, 'a', 'f', '{}')),
      chunk(call(0, 'b', 'g', { y: 2 })),
      chunk({}, 'tool_calls'),
    );
    expect(sameIndex.toolCalls.map(({ id, function: { arguments: args } }) => [id, args])).toEqual([
      ['a', '{}'],
      ['b', '{"y":2}'],
    ]);
    const bare = await chat(
      plain(
        {
          content: null,
          tool_calls: [call(undefined, undefined, 'f', '{}'), call(undefined, '', 'f', '{}')].flatMap(
            (each) => (each as { tool_calls: object[] }).tool_calls,
          ),
        },
        'tool_calls',
      ),
    );
    expect(new Set(bare.toolCalls.map(({ id }) => id)).size).toBe(2);
  });

  it('stops asking upstream when its reader leaves', async () => {
    let isCancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode(sse(chunk({ content: 'x' })))),
      cancel: () => {
        isCancelled = true;
      },
    });
    const call = callOver(async () => new Response(endless), strategy);
    for await (const event of strategy.streamChat(call, REQUEST)) if (event.type === 'text') break;
    expect(isCancelled).toBe(true);
  });

  it('F26: ends with the reason of the abort', async () => {
    const abort = new AbortController();
    const gone = new DOMException('the caller is gone', 'AbortError');
    const hanging: typeof globalThis.fetch = (_input, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
      });
    const run = strategy.chat(callOver(hanging, strategy, { signal: abort.signal }), REQUEST);
    setTimeout(() => abort.abort(gone), 5);
    await expect(run).rejects.toBe(gone);
  });

  it('keeps an answer whose connection breaks behind the finish reason', async () => {
    const breaking = (text: string): Promise<unknown> => {
      let isSent = false;
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          if (isSent) return controller.error(Object.assign(new TypeError('terminated'), { code: 'ECONNRESET' }));
          isSent = true;
          controller.enqueue(new TextEncoder().encode(text));
        },
      });
      return strategy.chat(
        callOver(async () => new Response(body), strategy),
        REQUEST,
      );
    };
    expect(await breaking(sse(chunk({ content: 'whole' }, 'stop')))).toMatchObject({ text: 'whole' });
    expect(await codeOf(breaking(sse(chunk({ content: 'half' }))))).toBe('upstream_unavailable');
  });
});

describe('the OpenAI dialect over a real socket', () => {
  let server: Server | undefined;

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  it('F26: hangs up when its reader leaves and when the signal is aborted', async () => {
    server = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(sse(chunk({ content: 'first' })));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const fetch = undiciFetch as unknown as typeof globalThis.fetch;
    for (const way of ['leaves', 'aborts']) {
      const abort = new AbortController();
      const arrived = once(server, 'request') as Promise<[unknown, { on: (event: 'close', run: () => void) => void }]>;
      const events = strategy.streamChat(callOver(fetch, strategy, { baseUrl, signal: abort.signal }), REQUEST);
      expect((await events.next()).value).toEqual({ type: 'text', text: 'first' });
      const [, response] = await arrived;
      const closed = new Promise<void>((resolve) => response.on('close', resolve));
      if (way === 'leaves') await events.return();
      else {
        const next = events.next();
        abort.abort(new DOMException('the caller is gone', 'AbortError'));
        await expect(next).rejects.toMatchObject({ name: 'AbortError', message: 'the caller is gone' });
      }
      await closed;
    }
  }, 2000);

  it('F21: names a refused connection', async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    await new Promise((resolve) => server?.close(resolve));
    const call = callOver(undiciFetch as unknown as typeof globalThis.fetch, strategy, { baseUrl });
    expect(await codeOf(strategy.chat(call, REQUEST))).toBe('upstream_unavailable');
  });
});

describe('a plain answer of the OpenAI dialect', () => {
  it.each([
    [
      'parts',
      {
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
          { type: 'text', text: 'so' },
        ],
      },
      'so',
      'hm',
    ],
    ['a transcript', { content: null, audio: { transcript: 'heard' } }, 'heard', null],
    ['a refusal', { content: null, refusal: 'I will not' }, 'I will not', null],
    ['reasoning under two names once', { content: 'a', reasoning: 'r', reasoning_content: 'r' }, 'a', 'r'],
  ])('reads %s', async (_name, message, text, reasoning) => {
    expect(await chat(plain(message))).toMatchObject({ text, reasoning });
  });

  it.each([
    [{ prompt_tokens: 0, completion_tokens: 0 }, null],
    [{ prompt_tokens: -1, completion_tokens: 3 }, null],
    [{ prompt_tokens: '5', completion_tokens: '7' }, null],
    [USAGE, { totalTokens: 12, cachedTokens: null, reasoningTokens: null, costUsd: null }],
    [{ ...USAGE, prompt_tokens_details: { cached_tokens: 2 } }, { cachedTokens: 2 }],
    [{ ...USAGE, prompt_cache_hit_tokens: 3 }, { cachedTokens: 3 }],
    [
      { ...USAGE, total_tokens: 15, completion_tokens_details: { reasoning_tokens: 3 } },
      { completionTokens: 10, totalTokens: 15 },
    ],
    [
      { ...USAGE, completion_tokens_details: { reasoning_tokens: 3 } },
      { completionTokens: 7, reasoningTokens: 3 },
    ],
    [{ ...USAGE, cost: 0.0000081 }, { costUsd: '0.0000081' }],
    [{ ...USAGE, cost: { total_cost: 0.00501 } }, { costUsd: '0.00501' }],
    [{ ...USAGE, cost_in_usd_ticks: 200_000_000 }, { costUsd: '0.02' }],
  ])('F16: reads usage %j', async (usage, expected) => {
    const { usage: read } = await chat(plain({ content: 'x' }, 'stop', { usage }));
    if (expected === null) expect(read).toBeNull();
    else expect(read).toMatchObject(expected);
  });

  it.each(['{"choices":[]}', '{"choices":null}', '{}', 'null', '[]', '"text"', '{"choices":[{'])(
    'F13: refuses %s',
    async (body) => {
      expect(await codeOf(chat(body))).toBe('upstream_bad_response');
    },
  );
});

describe('images of the OpenAI dialect', () => {
  const image = async (
    answer: Parameters<typeof answering>,
    options: CallOptions = {},
  ): Promise<[Buffer[], Record<string, unknown>]> => {
    const { fetch, requests } = answering(...answer);
    const request = { model: 'm', prompt: 'p', count: 1, width: 1200, height: 630 };
    const { images } = await strategy.image.call(strategy, callOver(fetch, strategy, options), request);
    return [images.map(({ bytes }) => bytes), (await requests[0]?.json()) as Record<string, unknown>];
  };
  const base64 = JSON.stringify({ data: [{ b64_json: PNG.toString('base64') }] });

  it.each([
    [{}, { size: '1216x640' }],
    [{ imageSize: 'width_height' }, { width: 1216, height: 640 }],
    [{ imageSize: 'aspect_ratio' }, { aspect_ratio: '16:9' }],
    [{ imageSize: 'none', imageResponseFormat: 'base64' }, { response_format: 'base64' }],
  ] as const)('asks for a size by %j', async (wire, expected) => {
    const [, body] = await image([[base64]], { wire });
    expect(body).toEqual({ model: 'm', prompt: 'p', n: 1, ...expected });
  });

  it.each([
    ['base64', base64, {}],
    ['a data URL', JSON.stringify({ data: [{ url: `data:image/png;base64,${PNG.toString('base64')}` }] }), {}],
    ['bare bytes', PNG, { 'content-type': 'image/png' }],
  ])('reads %s', async (_name, body, headers) => {
    const [[picture]] = await image([[body], headers]);
    expect(picture?.equals(PNG)).toBe(true);
  });

  it('downloads a linked picture without our key', async () => {
    const requests: Request[] = [];
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      requests.push(request);
      const linked = JSON.stringify({ data: [{ url: 'https://pictures.test/1.png' }] });
      return new Response(request.method === 'GET' ? PNG : linked);
    };
    const { images } = await strategy.image.call(strategy, callOver(fetch, strategy), {
      model: 'm',
      prompt: 'p',
      count: 1,
    });
    expect(images[0]?.bytes.equals(PNG)).toBe(true);
    expect(requests[1]?.url).toBe('https://pictures.test/1.png');
    expect([...(requests[1]?.headers.keys() ?? [])]).toEqual([]);
  });

  it.each(['{"data":[]}', '{"data":[{}]}', '{"data":[{"b64_json":""}]}', '<html></html>', ''])(
    'refuses %s',
    async (body) => {
      expect(await codeOf(image([[body]]))).toBe('upstream_bad_response');
    },
  );
});

describe('speech of the OpenAI dialect', () => {
  const speak = (body: ReadableStream<Uint8Array> | string, type: string, format?: 'mp3' | 'pcm') => {
    const fetch = async (): Promise<Response> => new Response(body, { headers: { 'content-type': type } });
    const request = { model: 'm', text: 't', ...(format === undefined ? {} : { format }) };
    return strategy.speech.call(strategy, callOver(fetch, strategy), request);
  };
  const gathered = async (audio: AsyncIterable<Uint8Array>): Promise<string> => {
    const pieces: Uint8Array[] = [];
    for await (const piece of audio) pieces.push(piece);
    return Buffer.concat(pieces).toString('latin1');
  };

  it('passes audio on before the end has come', async () => {
    let close = (): void => undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(Buffer.from('ID3 first sixteen bytes'));
        close = () => controller.close();
      },
    });
    const { audio, mime } = await speak(body, 'application/octet-stream');
    const reader = audio[Symbol.asyncIterator]();
    expect(Buffer.from((await reader.next()).value as Uint8Array).toString()).toBe('ID3 first sixteen bytes');
    expect(mime).toBe('audio/mpeg');
    close();
    expect((await reader.next()).done).toBe(true);
  });

  it('finds base64 in JSON, whatever the label', async () => {
    const json = JSON.stringify({ audio_data: Buffer.from('RIFFxxxxWAVE').toString('base64') });
    for (const type of ['application/json', 'audio/mpeg']) {
      const { audio, mime } = await speak(json, type);
      expect([mime, await gathered(audio)]).toEqual(['audio/wav', 'RIFFxxxxWAVE']);
    }
  });

  it('takes raw samples for what was asked', async () => {
    const { audio, mime } = await speak('{\x00\x01\x02', 'audio/pcm', 'pcm');
    expect([mime, await gathered(audio)]).toEqual(['audio/pcm', '{\x00\x01\x02']);
  });

  it.each([
    ['{"error":{"message":"no","code":429}}', 'upstream_rate_limited'],
    ['<html></html>', 'upstream_bad_response'],
    ['{"audio_data":""}', 'upstream_bad_response'],
    ['data: {"error":{"message":"no such key sk-secret"}}\n\n', 'upstream_bad_response'],
    ['', 'upstream_bad_response'],
  ])('refuses %s', async (body, code) => {
    expect(await codeOf(speak(body, 'audio/mpeg'))).toBe(code);
  });
});
