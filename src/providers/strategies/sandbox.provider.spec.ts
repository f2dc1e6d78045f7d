import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import { readWav } from '../../core/audio/index.js';
import type { ChatEvent, ChatRequest, ProviderCall, SpeechRequest } from '../contract/index.js';
import { capabilitiesOf } from '../contract/index.js';
import { countTokens } from '../sandbox/token-counter.js';
import { SandboxProvider } from './sandbox.provider.js';

const sandbox = new SandboxProvider();

function callWith(signal: AbortSignal = new AbortController().signal): ProviderCall {
  return {
    provider: {
      slug: 'sandbox',
      name: 'Sandbox',
      apiBaseUrl: '',
      capabilities: {},
      config: undefined as never,
    },
    baseUrl: '',
    apiKey: null,
    fetch: () => Promise.reject(new Error('the sandbox must not use the network')),
    signal,
  };
}

const ask = (text: string, more: Partial<ChatRequest> = {}): ChatRequest => ({
  model: 'sandbox-chat',
  messages: [{ role: 'user', content: text }],
  ...more,
});

async function eventsOf(request: ChatRequest): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  for await (const event of sandbox.streamChat(callWith(), request)) events.push(event);
  return events;
}

const weather = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    parameters: {
      type: 'object',
      properties: {
        city: { type: 'string', minLength: 3, maxLength: 6 },
        unit: { enum: ['celsius', 'fahrenheit'] },
        days: { type: 'integer', minimum: 2, maximum: 5 },
      },
      required: ['city', 'unit', 'days'],
      additionalProperties: false,
    },
  },
};

const ARTICLE = {
  type: 'object',
  properties: {
    title: { type: 'string', minLength: 1, maxLength: 60 },
    meta_title: { type: 'string', maxLength: 60 },
    meta_description: { type: 'string', maxLength: 160 },
    slug: { type: 'string' },
    keywords: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 4 },
    content: { type: 'string' },
    reading_minutes: { type: 'integer', minimum: 1 },
  },
  required: ['title', 'meta_title', 'meta_description', 'slug', 'keywords', 'content', 'reading_minutes'],
  additionalProperties: false,
};

async function article(brief: string): Promise<Record<string, string>> {
  const result = await sandbox.chat(
    callWith(),
    ask(brief, { responseFormat: { type: 'json_schema', json_schema: { name: 'article', schema: ARTICLE } } }),
  );
  const value = JSON.parse(result.text) as Record<string, string>;
  const validate = new Ajv2020({ strict: false }).compile(ARTICLE);
  validate(value);
  expect(validate.errors).toBeNull();
  return value;
}

describe('the sandbox', () => {
  it('serves every capability, needs no key and lists free models for each', async () => {
    expect(sandbox.needsKey).toBe(false);
    expect(capabilitiesOf(sandbox)).toEqual(['chat', 'content', 'image', 'audio']);
    const { models, skipped } = await sandbox.listModels();
    expect(skipped).toBe(0);
    expect(models.map((model) => model.id)).toEqual([
      'sandbox-chat',
      'sandbox-chat-mini',
      'sandbox-image',
      'sandbox-audio',
    ]);
    for (const model of models) {
      expect(model.isFree).toBe(true);
      expect(model.pricing).toMatchObject({ input: '0', output: '0', image: '0', characters: '0' });
    }
    expect(new Set(models.flatMap((model) => model.capabilities))).toEqual(new Set(capabilitiesOf(sandbox)));
  });

  it('refuses a model it does not have, naming those it has', async () => {
    await expect(sandbox.chat(callWith(), ask('hi', { model: 'sandbox-image' }))).rejects.toMatchObject({
      code: 'model_unavailable',
      message: expect.stringContaining('sandbox-chat, sandbox-chat-mini') as unknown,
    });
  });
});

describe('sandbox chat', () => {
  it('echoes, says that it is the sandbox and how to replace it', async () => {
    const { text, finishReason, usage } = await sandbox.chat(callWith(), ask('سلام دنیا 😀'));
    expect(text).toContain('سلام دنیا 😀');
    expect(text).toContain('sandbox of AI Switchboard');
    expect(text).toContain('select-model');
    expect(finishReason).toEqual({ unified: 'stop', raw: 'stop' });
    expect(usage).toMatchObject({ promptTokens: 3, completionTokens: countTokens(text), costUsd: '0' });
  });

  it('gives the same answer to the same request, and the stream is that answer word by word', async () => {
    const request = ask('one two three', {
      messages: [{ role: 'system', content: 's' }, ...ask('你好，世界').messages],
    });
    const whole = await sandbox.chat(callWith(), request);
    expect(await sandbox.chat(callWith(), request)).toEqual(whole);
    const events = await eventsOf(request);
    const texts = events.flatMap((event) => (event.type === 'text' ? [event.text] : []));
    expect(texts.join('')).toBe(whole.text);
    expect(texts.length).toBeGreaterThan(20);
    expect(events.at(-1)).toEqual({ type: 'finish', finishReason: whole.finishReason, usage: whole.usage });
  });

  it('stops at maxTokens and at stop sequences', async () => {
    const short = await sandbox.chat(callWith(), ask('😀'.repeat(500), { maxTokens: 5 }));
    expect(short.finishReason.unified).toBe('length');
    expect(Array.from(short.text)).toHaveLength(20);
    expect(short.usage?.completionTokens).toBe(5);
    const stopped = await sandbox.chat(callWith(), ask('alpha beta', { stop: ['', 'beta'] }));
    expect(stopped.text).toBe('You said: “alpha ');
    expect(stopped.finishReason.unified).toBe('stop');
  });

  it('calls the required tool with arguments that its schema accepts, plain and streamed', async () => {
    for (const toolChoice of ['required', { type: 'function', function: { name: 'get_weather' } }] as const) {
      const request = ask('weather?', { tools: [weather], toolChoice });
      const { toolCalls, finishReason, text } = await sandbox.chat(callWith(), request);
      expect({ text, unified: finishReason.unified }).toEqual({ text: '', unified: 'tool_calls' });
      const args = toolCalls[0]?.function.arguments ?? '';
      expect(new Ajv2020().compile(weather.function.parameters)(JSON.parse(args))).toBe(true);
      const pieces = (await eventsOf(request)).flatMap((event) => (event.type === 'tool_call' ? [event] : []));
      expect(pieces[0]).toMatchObject({ index: 0, id: toolCalls[0]?.id, name: 'get_weather' });
      expect(pieces.map((piece) => piece.arguments).join('')).toBe(args);
    }
  });

  it('answers in words when tools are optional, and refuses a tool choice that names none', async () => {
    const words = await sandbox.chat(callWith(), ask('hi', { tools: [weather], toolChoice: 'auto' }));
    expect(words.toolCalls).toEqual([]);
    expect(words.text).toContain('1 tool.');
    const missing = { type: 'function', function: { name: 'nope' } } as const;
    await expect(sandbox.chat(callWith(), ask('hi', { tools: [weather], toolChoice: missing }))).rejects.toMatchObject({
      code: 'validation_failed',
    });
  });

  it('cuts a tool call that does not fit into maxTokens, as models do', async () => {
    const result = await sandbox.chat(callWith(), ask('w', { tools: [weather], toolChoice: 'required', maxTokens: 3 }));
    expect(result).toMatchObject({ toolCalls: [], text: '', finishReason: { unified: 'length' } });
  });

  it('writes JSON for json_object and valid JSON for a schema', async () => {
    const object = await sandbox.chat(callWith(), ask('hi', { responseFormat: { type: 'json_object' } }));
    expect(JSON.parse(object.text)).toMatchObject({ sandbox: true, echo: 'hi' });
    const schema = { type: 'object', properties: { tags: { type: 'array', minItems: 3, items: { type: 'string' } } } };
    const json = await sandbox.chat(
      callWith(),
      ask('hi', { responseFormat: { type: 'json_schema', json_schema: { name: 'x', schema } } }),
    );
    expect((JSON.parse(json.text) as { tags: string[] }).tags).toHaveLength(3);
  });

  it.each([
    ['هوش مصنوعی در پزشکی', 'Arabic', /راهنمای/u],
    ['الذكاء الاصطناعي في الطب', 'Arabic', /دليل/u],
    ['人工智能在医学中的应用', 'Han', /指南/u],
    ['Künstliche Intelligenz für Ärzte', 'Latin', /Leitfaden/u],
    ['Искусственный интеллект', 'Cyrillic', /интеллект/u],
    ['Fishing at night', 'Latin', /guide/u],
  ])('writes an article about “%s” in its own script', async (topic, script, phrase) => {
    const value = await article(`Topic: ${topic}\nWord count: 400\nKeywords: 😀, ${topic}`);
    expect(value['title']).toMatch(phrase);
    expect(value['content']).toContain(topic);
    expect(value['content']).toMatch(/^## /m);
    expect(value['slug']).toMatch(/^[\p{L}\p{M}\p{N}-]+$/u);
    const letters = value['content']?.match(/\p{L}/gu) ?? [];
    const own = letters.filter((letter) => new RegExp(`\\p{Script=${script}}`, 'u').test(letter));
    expect(own.length / letters.length).toBeGreaterThan(0.95);
    const words = [...new Intl.Segmenter('und', { granularity: 'word' }).segment(value['content'] ?? '')];
    const count = words.filter((word) => word.isWordLike).length;
    expect(count).toBeGreaterThan(360);
    expect(count).toBeLessThan(440);
  });

  it('takes the whole message as the topic when it has no labelled lines, whatever is in it', async () => {
    await article('Write about $& and $1 </script> \u202Eevil');
    await article('😀');
    await article('');
  });

  it('writes the language that was asked for', async () => {
    expect((await article('Topic: Solar energy\nLanguage: Persian'))['content']).toMatch(/متن/u);
  });

  it('ends at an abort with its reason, before and during the stream', async () => {
    const before = AbortSignal.abort(new Error('gone'));
    await expect(sandbox.chat(callWith(before), ask('hi'))).rejects.toThrow('gone');
    const during = new AbortController();
    const texts: string[] = [];
    const reading = async () => {
      for await (const event of sandbox.streamChat(callWith(during.signal), ask('a long message'))) {
        if (event.type === 'text') texts.push(event.text);
        if (texts.length === 3) during.abort(new Error('left'));
      }
    };
    await expect(reading()).rejects.toThrow('left');
    expect(texts).toHaveLength(3);
  });
});

describe('sandbox images', () => {
  const draw = (prompt: string, width: number, height: number, count = 1) =>
    sandbox.image(callWith(), { model: 'sandbox-image', prompt, width, height, count });

  it.each([
    [1200, 630],
    [1, 1],
    [7, 3000],
    [1024, 1024],
  ])('is a PNG of exactly %i × %i pixels', async (width, height) => {
    const { images } = await draw('A fox', width, height);
    const bytes = images[0]?.bytes ?? Buffer.alloc(0);
    expect(await fileTypeFromBuffer(bytes)).toEqual({ ext: 'png', mime: 'image/png' });
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width, height });
  });

  it('is decodable whatever the prompt holds, and the same for the same prompt', async () => {
    const hostile =
      '</text><script>&lol;<image href="file:///etc/passwd"/> \u0000\u0007\uFFFE\uD800 \u202E "\' ]]> سلام 中文 😀';
    const { images } = await draw(hostile, 300, 200, 2);
    const [first, second] = images.map((image) => image.bytes);
    expect((await sharp(first).stats()).isOpaque).toBe(true);
    expect(first?.equals(second ?? Buffer.alloc(0))).toBe(false);
    expect((await draw(hostile, 300, 200)).images[0]?.bytes.equals(first ?? Buffer.alloc(0))).toBe(true);
  });

  it('shows the prompt', async () => {
    const [blank, written] = [await draw('', 400, 300), await draw('WWWWWWWW', 400, 300)].map(
      ({ images }) => images[0],
    );
    const white = async (bytes: Buffer | undefined) => {
      const middle = { left: 50, top: 120, width: 300, height: 60 };
      const pixels = await sharp(bytes).extract(middle).greyscale().raw().toBuffer();
      return pixels.filter((pixel) => pixel > 240).length;
    };
    expect(await white(blank?.bytes)).toBe(0);
    expect(await white(written?.bytes)).toBeGreaterThan(100);
  });

  it('refuses sizes and counts out of bounds', async () => {
    for (const [width, height, count] of [
      [0, 10, 1],
      [10, 5000, 1],
      [10.5, 10, 1],
      [10, 10, 0],
      [10, 10, 100],
    ] as const)
      await expect(draw('x', width, height, count)).rejects.toMatchObject({ code: 'validation_failed' });
  });
});

describe('sandbox speech', () => {
  async function speak(text: string, more: Partial<SpeechRequest> = {}): Promise<{ mime: string; bytes: Buffer }> {
    const { mime, audio } = await sandbox.speech(callWith(), { model: 'sandbox-audio', text, ...more });
    const chunks: Uint8Array[] = [];
    for await (const chunk of audio) chunks.push(chunk);
    return { mime, bytes: Buffer.concat(chunks) };
  }

  it('is a WAV whose header tells the truth and whose length follows the text', async () => {
    const { mime, bytes } = await speak('Hello there, this is the sandbox.');
    expect(mime).toBe('audio/wav');
    expect((await fileTypeFromBuffer(bytes))?.ext).toBe('wav');
    const info = readWav(bytes);
    expect(info).toMatchObject({ sampleRate: 24_000, channels: 1, bitsPerSample: 16, dataBytes: bytes.length - 44 });
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
    const longer = readWav((await speak('Hello there, this is the sandbox.'.repeat(2))).bytes);
    expect(longer?.durationSeconds).toBeCloseTo(2 * (info?.durationSeconds ?? 0), 5);
  });

  it('is not silent, pauses between words, and each voice has its own pitch', async () => {
    const { bytes } = await speak('ab cd');
    const samples = new Int16Array(new Uint8Array(bytes.subarray(44)).buffer);
    const perCharacter = samples.length / 5;
    const loudest = (at: number) => Math.max(...samples.slice(at * perCharacter, (at + 1) * perCharacter));
    expect(loudest(0)).toBeGreaterThan(3_000);
    expect(loudest(2)).toBe(0);
    const [one, other] = [await speak('ab cd', { voice: 'alloy' }), await speak('ab cd', { voice: 'nova' })];
    expect(one.bytes.equals(other.bytes)).toBe(false);
  });

  it('is half as long at twice the speed', async () => {
    const [normal, fast] = [await speak('The same words'), await speak('The same words', { speed: 2 })];
    const [slow, quick] = [readWav(normal.bytes)?.durationSeconds ?? 0, readWav(fast.bytes)?.durationSeconds ?? 0];
    expect(slow / quick).toBeCloseTo(2, 2);
  });

  it('gives bare samples for pcm, and WAV with its true type where it cannot make the format', async () => {
    const [pcm, mp3] = [await speak('hello', { format: 'pcm' }), await speak('hello', { format: 'mp3' })];
    expect([pcm.mime, mp3.mime]).toEqual(['audio/pcm', 'audio/wav']);
    expect(mp3.bytes.subarray(44).equals(pcm.bytes)).toBe(true);
  });

  it('refuses empty and endless texts and impossible speeds before the first byte', async () => {
    for (const [text, speed] of [
      [' ', 1],
      ['x'.repeat(10_001), 1],
      ['x', 0],
      ['x', Number.NaN],
      ['x', 9],
    ] as const)
      await expect(speak(text, { speed })).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('stops in mid-speech at an abort', async () => {
    const leaving = new AbortController();
    const { audio } = await sandbox.speech(callWith(leaving.signal), {
      model: 'sandbox-audio',
      text: 'x'.repeat(5_000),
    });
    let chunks = 0;
    const reading = async () => {
      for await (const chunk of audio) {
        chunks += Math.sign(chunk.length);
        if (chunks === 5) leaving.abort(new Error('left'));
      }
    };
    await expect(reading()).rejects.toThrow('left');
    expect(chunks).toBe(5);
  });
});
