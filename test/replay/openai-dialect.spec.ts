import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ErrorCode } from '../../src/core/errors/index.js';
import { SwitchboardError } from '../../src/core/errors/index.js';
import type { ChatEvent, ChatRequest, ProviderStrategy } from '../../src/providers/contract/index.js';
import { collectChat, type OpenAiDialect } from '../../src/providers/dialects/openai/index.js';
import { DeepSeekProvider } from '../../src/providers/strategies/deepseek.provider.js';
import { GroqProvider } from '../../src/providers/strategies/groq.provider.js';
import { OpenAiCompatibleProvider } from '../../src/providers/strategies/openai-compatible.provider.js';
import { OpenAiProvider } from '../../src/providers/strategies/openai.provider.js';
import { OpenRouterProvider } from '../../src/providers/strategies/openrouter.provider.js';
import { callOver, loadRecordings, type Recording, replayCall, type ReplayOptions } from '../support/recordings.js';
import { expectationOf, holdsError } from './expectation.js';

const compatible = new OpenAiCompatibleProvider();
const STRATEGIES: Readonly<Record<string, OpenAiDialect & ProviderStrategy>> = {
  openai: new OpenAiProvider(),
  openrouter: new OpenRouterProvider(),
  groq: new GroqProvider(),
  deepseek: new DeepSeekProvider(),
  mistral: compatible,
  cerebras: compatible,
  together: compatible,
  perplexity: compatible,
  xai: compatible,
  ollama: compatible,
  huggingface: compatible,
};

/** Recorded requests that are not among a strategy's methods. */
const OUT_OF_SCOPE: Readonly<Record<string, string>> = {
  embeddings: 'called in test/e2e',
  moderation: 'no capability',
  rerank: 'no capability',
  transcription: 'called in test/e2e',
  responses: 'another endpoint',
  'responses-stream': 'another endpoint',
  'count-tokens': 'no capability',
};

/** What each refusal has to become, where its status alone does not say it. */
const CODE_OF_FILE: readonly [RegExp, ErrorCode][] = [
  [/bad-model|5\.2-proo|openrouter\/error-400-model/, 'model_unavailable'],
  [/xai\/error-400/, 'upstream_auth_failed'],
];
const CODE_OF_KIND: Readonly<Record<string, ErrorCode>> = {
  'error-400': 'upstream_rejected',
  'error-401': 'upstream_auth_failed',
  'error-402': 'upstream_auth_failed',
  'error-403': 'upstream_auth_failed',
  'error-404': 'model_unavailable',
  'error-422': 'upstream_rejected',
  'error-429': 'upstream_rate_limited',
  'error-500': 'upstream_unavailable',
  'error-inside-200': 'upstream_rejected',
  'stream-error-event': 'upstream_rejected',
};

const EVERY_POSITION_UP_TO = 1500;
const RANDOM_POSITIONS = 25;
const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex');

const recordings = loadRecordings(...Object.keys(STRATEGIES));
const passes = new Map<string, number>();

const passed = ({ provider }: Recording, kind: string): void => {
  const cell = `${provider} ${kind}`;
  passes.set(cell, (passes.get(cell) ?? 0) + 1);
};

const strategyOf = ({ provider }: Recording): OpenAiDialect & ProviderStrategy => {
  const strategy = STRATEGIES[provider];
  if (strategy === undefined) throw new Error(`No strategy for ${provider}.`);
  return strategy;
};

const requestOf = ({ model }: Recording): ChatRequest => ({
  model: model ?? 'a-model',
  messages: [{ role: 'user', content: 'hello' }],
});

async function streamed(recording: Recording, options: ReplayOptions = {}): Promise<ChatEvent[]> {
  const strategy = strategyOf(recording);
  const events: ChatEvent[] = [];
  for await (const event of strategy.streamChat(replayCall(recording, strategy, options), requestOf(recording)))
    events.push(event);
  return events;
}

function expectAnswer(recording: Recording, answer: ReturnType<typeof collectChat>): void {
  const expected = expectationOf(recording);
  const { text, reasoning, finishReason, usage } = answer;
  const toolCalls = answer.toolCalls.map((call) => ({
    name: call.function.name,
    arguments: call.function.arguments,
  }));
  expect({ text, reasoning, toolCalls, finish: finishReason.raw }).toEqual({
    text: expected.text,
    reasoning: expected.reasoning,
    toolCalls: expected.toolCalls,
    finish: expected.finish,
  });
  expect(answer.toolCalls.every(({ id }) => id !== '')).toBe(true);
  if (expected.usage === null) expect(usage).toBeNull();
  else expect(usage).toMatchObject(expected.usage);
  const unified = expected.finish === 'length' ? 'length' : expected.toolCalls.length > 0 ? 'tool_calls' : 'stop';
  expect(finishReason.unified).toBe(unified);
}

/** The splits of a body: whole, each byte alone, and two pieces at every (or many a random) position. */
function splitsOf({ body, file }: Recording): (readonly number[])[] {
  const everyPosition = Array.from(body.keys());
  const seed = [...file].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const positions =
    body.length <= EVERY_POSITION_UP_TO
      ? everyPosition
      : fc.sample(fc.nat(body.length), { numRuns: RANDOM_POSITIONS, seed });
  const random = fc.sample(fc.array(fc.nat(body.length), { maxLength: 60 }), { numRuns: 5, seed });
  return [[], everyPosition, ...random, ...positions.map((position) => [position])];
}

const suite = recordings === null ? describe.skip : describe;
const all = recordings ?? [];
const ofKind = (test: (kind: string) => boolean): [string, Recording][] =>
  all.filter(({ kind }) => test(kind)).map((recording) => [recording.file, recording]);
const isRefusal = (kind: string): boolean => kind in CODE_OF_KIND;
const answers = ([, recording]: [string, Recording]): boolean => !holdsError(recording);
const isStream = (kind: string): boolean => kind.startsWith('chat-stream');
const isPlain = (kind: string): boolean => kind.startsWith('chat') && !isStream(kind);

if (recordings === null) it.skip('skipped: no recordings', () => undefined);

suite('OpenAI-style recordings', () => {
  afterAll(() => {
    const rows = [...passes].sort(([a], [b]) => a.localeCompare(b)).map(([cell, count]) => `${cell}: ${count}`);
    process.stdout.write(`passes per provider and kind\n${rows.join('\n')}\n`);
  });

  if (all.length === 0) it.todo('have something to replay');
  else {
    it.each(ofKind(isPlain))('%s gives its answer', async (_file, recording) => {
      const strategy = strategyOf(recording);
      const answer = await strategy.chat(replayCall(recording, strategy), requestOf(recording));
      expectAnswer(recording, answer);
      // The same JSON in place of a stream is the same answer.
      expectAnswer(recording, collectChat(await streamed(recording)));
      passed(recording, recording.kind);
    });

    it.each(ofKind(isStream).filter(answers))('%s gives its answer however it is split', async (_file, recording) => {
      for (const splitAt of splitsOf(recording)) {
        expectAnswer(recording, collectChat(await streamed(recording, { splitAt })));
      }
      passed(recording, recording.kind);
    });

    it.each(ofKind(isStream).filter(answers))(
      '%s is an error when it is cut before its end',
      async (_file, recording) => {
        const mark = /"finish_reason": ?"/.exec(recording.body.toString('utf8'))?.[0] ?? '[DONE]';
        const end = recording.body.indexOf(mark);
        for (const length of [0, Math.floor(end / 3), Math.floor(end / 2), end - 1]) {
          const cut = { ...recording, body: recording.body.subarray(0, length) };
          await expect(streamed(cut)).rejects.toMatchObject({ code: 'upstream_bad_response' });
        }
      },
    );

    it.each(ofKind(isStream).filter((each) => !answers(each)))(
      '%s gives the error it holds',
      async (_file, recording) => {
        for (const splitAt of splitsOf(recording)) {
          await expect(streamed(recording, { splitAt })).rejects.toMatchObject({ code: 'upstream_rejected' });
        }
        passed(recording, `${recording.kind} (error inside)`);
      },
    );

    it.each(ofKind(isRefusal))('%s gives its error', async (file, recording) => {
      const expected = CODE_OF_FILE.find(([pattern]) => pattern.test(file))?.[1] ?? CODE_OF_KIND[recording.kind];
      const strategy = strategyOf(recording);
      const call = replayCall(recording, strategy);
      const failures: unknown[] = [
        await strategy.chat(call, requestOf(recording)).catch((error: unknown) => error),
        await streamed(recording).catch((error: unknown) => error),
      ];
      const said = saidIn(recording);
      for (const failure of failures) {
        expect(failure).toBeInstanceOf(SwitchboardError);
        expect(failure).toMatchObject({ code: expected });
        expect((failure as SwitchboardError).message).toContain(said);
      }
      passed(recording, recording.kind);
    });

    it.each(ofKind((kind) => kind === 'image'))('%s gives its picture', async (_file, recording) => {
      const strategy = strategyOf(recording);
      const fetched: Request[] = [];
      const fetch: typeof globalThis.fetch = async (input, init) => {
        const request = new Request(input, init);
        fetched.push(request);
        return new Response(request.method === 'GET' ? PNG : new Uint8Array(recording.body));
      };
      const call = callOver(fetch, strategy, { slug: recording.provider });
      const result = await strategy.image?.(call, { model: 'a-model', prompt: 'a cat', count: 1 });
      const data = (JSON.parse(recording.body.toString('utf8')) as { data: { b64_json?: string }[] }).data;
      const pictures = data.map(({ b64_json: base64 }) => (base64 === undefined ? PNG : Buffer.from(base64, 'base64')));
      expect(result?.images.map(({ bytes }) => bytes.equals(pictures[0] ?? PNG))).toEqual([true]);
      expect(fetched.filter(({ method }) => method === 'GET').some(({ headers }) => headers.has('authorization'))).toBe(
        false,
      );
      passed(recording, recording.kind);
    });

    it.each(ofKind((kind) => kind === 'tts'))('%s gives its audio', async (_file, recording) => {
      const strategy = strategyOf(recording);
      for (const splitAt of [[], [1], [1, 2, 3], [5000]]) {
        const call = replayCall(recording, strategy, { splitAt });
        const result = await strategy.speech?.(call, { model: 'a-model', text: 'hello' });
        const pieces: Uint8Array[] = [];
        for await (const piece of result?.audio ?? []) pieces.push(piece);
        const audio = recording.file.endsWith('.json')
          ? Buffer.from((JSON.parse(recording.body.toString('utf8')) as { audio_data: string }).audio_data, 'base64')
          : recording.body;
        expect(Buffer.concat(pieces).equals(audio)).toBe(true);
        expect(result?.mime).toBe('audio/mpeg');
      }
      passed(recording, recording.kind);
    });

    it('leaves nothing out without a reason', () => {
      const covered = (kind: string): boolean =>
        isPlain(kind) || isStream(kind) || isRefusal(kind) || /^(?:image|tts)$/.test(kind);
      const left = all.filter(({ kind }) => !covered(kind));
      expect(left.filter(({ kind }) => OUT_OF_SCOPE[kind] === undefined).map(({ file }) => file)).toEqual([]);
      for (const recording of left)
        passed(recording, `${recording.kind} (not replayed: ${OUT_OF_SCOPE[recording.kind]})`);
    });
  }
});

/** A piece of the vendor's own words, found by plain search. */
function saidIn({ body }: Recording): string {
  const text = body.toString('utf8');
  if (text.startsWith('<')) return /<title>(.*?)</.exec(text)?.[1] ?? '';
  const quoted = /"(?:message|msg|detail|error)": ?"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? '';
  return (JSON.parse(`"${quoted}"`) as string).slice(0, 200);
}
