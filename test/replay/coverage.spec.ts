import { afterAll, describe, expect, it } from '@jest/globals';
import { SwitchboardError } from '../../src/core/errors/index.js';
import type { ProviderStrategy } from '../../src/providers/contract/index.js';
import { AnthropicProvider } from '../../src/providers/strategies/anthropic.provider.js';
import { CohereProvider } from '../../src/providers/strategies/cohere.provider.js';
import { DeepSeekProvider } from '../../src/providers/strategies/deepseek.provider.js';
import { GeminiProvider } from '../../src/providers/strategies/gemini.provider.js';
import { GroqProvider } from '../../src/providers/strategies/groq.provider.js';
import { HuggingFaceProvider } from '../../src/providers/strategies/huggingface.provider.js';
import { OpenAiCompatibleProvider } from '../../src/providers/strategies/openai-compatible.provider.js';
import { OpenAiProvider } from '../../src/providers/strategies/openai.provider.js';
import { OpenRouterProvider } from '../../src/providers/strategies/openrouter.provider.js';
import { collectChat } from '../support/collect-chat.js';
import { callOver, loadRecordings, type Recording, replay } from '../support/recordings.js';
import { holdsError } from './expectation.js';

/** The strategy of each provider; those without one of their own are rows of the OpenAI-compatible one. */
const STRATEGIES: Readonly<Record<string, ProviderStrategy>> = {
  anthropic: new AnthropicProvider(),
  cohere: new CohereProvider(),
  deepseek: new DeepSeekProvider(),
  gemini: new GeminiProvider(),
  groq: new GroqProvider(),
  huggingface: new HuggingFaceProvider(),
  openai: new OpenAiProvider(),
  openrouter: new OpenRouterProvider(),
};
const COMPATIBLE = new OpenAiCompatibleProvider();

/** What no capability of ours asks for, by kind. */
const OUT_OF_SCOPE: Readonly<Record<string, string>> = {
  moderation: 'no capability moderates',
  rerank: 'no capability ranks',
  transcription: 'called with the official SDKs in test/e2e, not replayed',
  responses: 'the Responses API is another endpoint, which no strategy calls',
  'responses-stream': 'the Responses API is another endpoint, which no strategy calls',
  'count-tokens': 'no capability counts tokens before a call',
};

type Outcome = 'passed' | 'out of scope';

/**
 * The ledger of all recordings: each is sent once through the strategy of its provider, or is out of scope for a stated
 * reason. What each of them has to say, to the letter and split at every byte, is checked by the other specs here.
 */
async function outcomeOf(recording: Recording): Promise<Outcome> {
  const { kind } = recording;
  if (Object.hasOwn(OUT_OF_SCOPE, kind)) return 'out of scope';
  if (/error/.test(kind) || (recording.file.endsWith('.sse') && holdsAnyError(recording))) await fails(recording);
  else if (kind === 'embeddings') return embeds(recording);
  else if (kind === 'image' || kind === 'chat-imageout') await paints(recording);
  else if (kind === 'tts' || (kind === 'chat-audioout' && recording.provider === 'gemini')) await speaks(recording);
  else if (kind.startsWith('chat')) await chats(recording);
  else throw new Error(`No one knows what to do with the kind "${kind}".`);
  return 'passed';
}

const holdsAnyError = (recording: Recording) =>
  !['anthropic', 'cohere', 'gemini'].includes(recording.provider) && holdsError(recording);

const strategyOf = ({ provider }: Recording) => STRATEGIES[provider] ?? COMPATIBLE;

function callOf(recording: Recording) {
  const play = replay(recording);
  // A picture behind a link was not recorded: any bytes stand for it.
  const fetch: typeof globalThis.fetch = async (input, init) =>
    (init?.method ?? 'GET') === 'GET' && recording.kind === 'image' ? new Response('picture') : play(input, init);
  return callOver(fetch, strategyOf(recording), { slug: recording.provider });
}

const requestOf = ({ model }: Recording) => ({
  model: model ?? 'some/model',
  messages: [{ role: 'user' as const, content: 'Hello' }],
});

async function chats(recording: Recording): Promise<void> {
  const strategy = strategyOf(recording);
  const result = recording.file.endsWith('.sse')
    ? await collectChat(strategy.streamChat?.(callOf(recording), requestOf(recording)) ?? noEvents())
    : await strategy.chat?.(callOf(recording), requestOf(recording));
  const said = `${result?.text ?? ''}${result?.reasoning ?? ''}${result?.toolCalls.map(({ id }) => id).join('') ?? ''}`;
  // An answer that was cut may have spent all its room on thoughts that are not told.
  if (result?.finishReason.unified !== 'length') expect(said).not.toBe('');
  expect(['stop', 'length', 'tool_calls']).toContain(result?.finishReason.unified);
}

async function fails(recording: Recording): Promise<void> {
  const strategy = strategyOf(recording);
  const pending = recording.file.endsWith('.sse')
    ? collectChat(strategy.streamChat?.(callOf(recording), requestOf(recording)) ?? noEvents())
    : strategy.chat?.(callOf(recording), requestOf(recording));
  const error = await Promise.resolve(pending).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SwitchboardError);
  expect((error as SwitchboardError).code).toMatch(/^upstream_|^model_unavailable$/);
}

async function paints(recording: Recording): Promise<void> {
  const request = { model: recording.model ?? 'some/model', prompt: 'A fox', count: 1 };
  const result = await strategyOf(recording).image?.(callOf(recording), request);
  expect(result?.images[0]?.bytes.length).toBeGreaterThan(0);
}

/** Out of scope without the capability, or without numbers: another method's answer, vectors of single bytes. */
async function embeds(recording: Recording): Promise<Outcome> {
  const { data, embeddings } = JSON.parse(recording.body.toString('utf8')) as {
    data?: { embedding: unknown }[];
    embeddings?: unknown[] | { float: unknown[] };
  };
  const strategy = strategyOf(recording);
  if (strategy.embed === undefined) return 'out of scope';
  const rows = data ?? (Array.isArray(embeddings) ? embeddings : embeddings?.float);
  if (rows === undefined || typeof data?.[0]?.embedding === 'string') return 'out of scope';
  const request = { model: recording.model ?? 'some/model', input: rows.map(() => 'Hello') };
  const result = await strategy.embed(callOf(recording), request);
  expect(result.vectors.map(({ length }) => length > 100)).toEqual(rows.map(() => true));
  return 'passed';
}

async function speaks(recording: Recording): Promise<void> {
  const request = { model: recording.model ?? 'some/model', text: 'Hello' };
  const result = await strategyOf(recording).speech?.(callOf(recording), request);
  let bytes = 0;
  for await (const piece of result?.audio ?? []) bytes += piece.length;
  expect(result?.mime).toMatch(/^audio\//);
  expect(bytes).toBeGreaterThan(1000);
}

async function* noEvents(): AsyncGenerator<never> {
  // A strategy without streams has none.
}

const recordings = loadRecordings();

describe('all recordings', () => {
  if (recordings === null) {
    it.skip('skipped: no recordings', () => undefined);
    return;
  }
  const cells = new Map<string, Map<string, number>>();
  const totals = { passed: 0, 'out of scope': 0 };

  it.each(recordings.map((recording) => [recording.file, recording] as const))('%s', async (_file, recording) => {
    const outcome = await outcomeOf(recording);
    totals[outcome] += 1;
    const row = cells.get(recording.provider) ?? new Map<string, number>();
    const kind = outcome === 'passed' ? recording.kind : `(${recording.kind})`;
    cells.set(recording.provider, row.set(kind, (row.get(kind) ?? 0) + 1));
  });

  it('are replayed, or out of scope for a stated reason, without a rest', () => {
    expect(recordings.length).toBeGreaterThanOrEqual(263);
    expect(totals.passed + totals['out of scope']).toBe(recordings.length);
    expect(totals['out of scope']).toBeLessThan(recordings.length / 5);
  });

  afterAll(() => {
    const rows = [...cells]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([provider, kinds]) => {
        const shown = [...kinds].sort(([a], [b]) => a.localeCompare(b)).map(([kind, count]) => `${kind} ${count}`);
        return `${provider.padEnd(12)}${shown.join(', ')}`;
      });
    const reasons = Object.entries(OUT_OF_SCOPE).map(([kind, reason]) => `(${kind}) ${reason}`);
    const sum = `${totals.passed} passed, ${totals['out of scope']} out of scope, ${recordings.length} in all`;
    process.stdout.write(['recordings per provider and kind', ...rows, ...reasons, sum, ''].join('\n'));
  });
});
