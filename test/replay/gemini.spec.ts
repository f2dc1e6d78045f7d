import { describe, expect, it } from '@jest/globals';
import { fileTypeFromBuffer } from 'file-type';
import type { Capability } from '../../src/providers/contract/index.js';
import { GeminiProvider } from '../../src/providers/strategies/gemini.provider.js';
import { rawEvents } from '../support/raw-events.js';
import { callOver, loadFacts, type Recording, replayCall } from '../support/recordings.js';
import { replaySuite } from '../support/replay-suite.js';

interface Part {
  text?: string;
  thought?: boolean;
  functionCall?: { name: string; args: unknown };
  inlineData?: { data: string };
}
interface Body {
  candidates: { content?: { parts?: Part[] }; finishReason?: string }[];
  usageMetadata: Record<string, number | undefined>;
}

const baseUrl = 'https://generativelanguage.googleapis.com/v1beta';
const strategy = new GeminiProvider();

function bodiesOf(recording: Recording): Body[] {
  if (recording.file.endsWith('.sse')) return rawEvents(recording.body) as unknown as Body[];
  return [JSON.parse(recording.body.toString('utf8')) as Body];
}

const partsOf = (bodies: Body[]): Part[] => bodies.flatMap((body) => body.candidates[0]?.content?.parts ?? []);

function expectedOf(recording: Recording): unknown {
  const bodies = bodiesOf(recording);
  const parts = partsOf(bodies);
  const texts = (thought: boolean): string =>
    parts.flatMap((part) => ((part.thought ?? false) === thought ? [part.text ?? ''] : [])).join('');
  const tools = parts.flatMap(({ functionCall: call }) => (call === undefined ? [] : [[call.name, call.args]]));
  const raw = bodies.findLast((body) => body.candidates[0]?.finishReason)?.candidates[0]?.finishReason;
  const usage = bodies.at(-1)?.usageMetadata ?? {};
  const completion = (usage.candidatesTokenCount ?? 0) + (usage.thoughtsTokenCount ?? 0);
  return {
    text: texts(false),
    reasoning: texts(true) || null,
    tools,
    finish: { unified: raw === 'MAX_TOKENS' ? 'length' : tools.length > 0 ? 'tool_calls' : 'stop', raw },
    usage: {
      promptTokens: usage.promptTokenCount,
      completionTokens: completion,
      totalTokens: usage.totalTokenCount,
      cachedTokens: usage.cachedContentTokenCount ?? null,
      reasoningTokens: usage.thoughtsTokenCount ?? null,
      costUsd: null,
    },
  };
}

async function expectSpeech(recording: Recording): Promise<void> {
  const request = { model: recording.model ?? '', text: 'Hello' };
  const result = await strategy.speech(replayCall(recording, strategy, { baseUrl }), request);
  const pieces: Uint8Array[] = [];
  for await (const piece of result.audio) pieces.push(piece);
  const wav = Buffer.concat(pieces);
  const samples = Buffer.from(partsOf(bodiesOf(recording))[0]?.inlineData?.data ?? '', 'base64');
  expect(result.mime).toBe('audio/wav');
  expect((await fileTypeFromBuffer(wav))?.ext).toBe('wav');
  expect(wav.readUInt32LE(24)).toBe(24_000);
  expect(wav.subarray(44).equals(samples)).toBe(true);
  expect(samples.length).toBeGreaterThan(100_000);
}

async function expectImage(recording: Recording): Promise<void> {
  const request = { model: recording.model ?? '', prompt: 'a cat', count: 1 };
  const result = await strategy.image(replayCall(recording, strategy, { baseUrl }), request);
  expect(result.images).toHaveLength(1);
  expect((await fileTypeFromBuffer(result.images[0]?.bytes ?? Buffer.alloc(0)))?.mime).toBe('image/jpeg');
  expect(result.usage?.completionTokens).toBeGreaterThan(1000);
}

replaySuite({
  provider: 'gemini',
  baseUrl,
  strategy,
  expected: expectedOf,
  errors: {
    'error-400-bad-20model-1.json': 'model_unavailable',
    'error-400-bad-key-1.json': 'upstream_auth_failed',
    'error-400-gemini-flash-latest-1.json': 'upstream_rejected',
    'error-404-gemini-3.6-flahs-1.json': 'model_unavailable',
    'error-404-gemini-exp-1206-1.json': 'model_unavailable',
    'error-429-gemini-2.5-flash-1.json': 'upstream_rate_limited',
  },
  outOfScope: { embeddings: 'replayed in coverage.spec.ts', 'count-tokens': 'no capability counts tokens' },
  special: { 'chat-audioout': expectSpeech, 'chat-imageout': expectImage },
});

describe('the list of Gemini as recorded', () => {
  const list = loadFacts('gemini-models.json');
  const check = list === null ? it.skip : it;

  check(list === null ? 'skipped: no recordings' : 'offers each of its 50 models for what it can do', async () => {
    const { models, skipped } = await strategy.listModels(
      callOver(() => Promise.resolve(Response.json(list)), strategy),
    );
    const serving = (capability: Capability): string[] =>
      models.filter(({ capabilities }) => capabilities.includes(capability)).map(({ id }) => id);

    expect([models.length, skipped]).toEqual([50, 0]);
    expect(models.find(({ id }) => id === 'gemini-2.5-flash')).toMatchObject({
      contextLength: 1_048_576,
      maxOutputTokens: 65_536,
    });
    expect(serving('audio').every((id) => id.includes('-tts'))).toBe(true);
    expect(serving('audio')).toHaveLength(3);
    expect(serving('image')).toHaveLength(7);
    expect(serving('image').every((id) => /-image|nano-banana/.test(id))).toBe(true);
    expect(serving('chat').filter((id) => /embedding|-tts|veo|live|native-audio|lyria|aqa/.test(id))).toEqual([]);
    expect(serving('chat')).toContain('gemini-3.5-flash');
  });
});
