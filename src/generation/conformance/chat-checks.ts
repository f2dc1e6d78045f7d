import { setTimeout as sleep } from 'node:timers/promises';
import { SwitchboardError } from '../../core/errors/index.js';
import type { ChatEvent, ChatRequest, TokenUsage } from '../../providers/index.js';
import { type ConformanceBench, type ConformanceCheck, Imperfect, modelFor, Skipped } from './conformance-check.js';

/** Room for a model that thinks first. */
const MAX_TOKENS = 512;
/** Milliseconds. */
const ABORT_WITHIN = 1_000;
/** Looks like nobody's key. */
const WRONG_KEY = 'sk-conformance-check-this-key-is-wrong-000000';
const UNKNOWN_MODEL = 'conformance-check-no-such-model';

export const checkChat: ConformanceCheck = async (bench) => {
  const { text, reasoning, finishReason } = await chatted(bench);
  if (text.trim() === '' && reasoning === null) throw new Imperfect(`an empty reply (${finishReason.raw})`);
  return `"${shortened(text || '(thoughts only)')}", ${finishReason.unified}`;
};

export const checkStream: ConformanceCheck = async (bench) => {
  const events: ChatEvent[] = [];
  for await (const event of streamed(bench, 'Count from one to ten in words.')) events.push(event);
  const pieces = events.filter(({ type }) => type === 'text' || type === 'reasoning').length;
  if (events.at(-1)?.type !== 'finish') throw new Error('the stream ended without its finish');
  if (pieces === 0) throw new Imperfect('a stream without text');
  if (pieces === 1) throw new Imperfect('all text in one piece');
  return `${String(pieces)} pieces`;
};

export const checkAbort: ConformanceCheck = async (bench) => {
  const controller = new AbortController();
  const request = 'Write a story of a thousand words.';
  const events = streamed(bench, request, controller.signal)[Symbol.asyncIterator]();
  if ((await events.next()).done) throw new Error('nothing came before the end');
  const left = performance.now();
  controller.abort();
  await drained(events).catch(() => undefined);
  const took = performance.now() - left;
  if (took > ABORT_WITHIN) throw new Error(`ended only after ${took.toFixed(0)} ms`);
  return `ended after ${took.toFixed(0)} ms`;
};

export const checkUsage: ConformanceCheck = async (bench) => {
  const plain = (await chatted(bench)).usage;
  let finish: TokenUsage | null = null;
  if (bench.strategy.streamChat !== undefined)
    for await (const event of streamed(bench, 'Reply with: ok')) if (event.type === 'finish') finish = event.usage;
  if (plain === null) throw new Imperfect('the vendor counts no tokens; we count ourselves');
  if (plain.totalTokens < plain.promptTokens + plain.completionTokens)
    throw new Error(`the total of ${String(plain.totalTokens)} is less than its parts`);
  if (bench.strategy.streamChat !== undefined && finish === null)
    throw new Imperfect('plain answers are counted, streams are not');
  return `${String(plain.promptTokens)} + ${String(plain.completionTokens)} tokens${plain.costUsd === null ? '' : `, ${plain.costUsd} USD`}`;
};

export const checkErrors: ConformanceCheck = async (bench) => {
  const unknown = await codeOf(chatted(bench, UNKNOWN_MODEL));
  const isKeyless = bench.strategy.needsKey === false || bench.provider.profile.config.wire.auth.type === 'none';
  const key = isKeyless ? null : await codeOf(chatted(bench, modelFor(bench, 'chat'), WRONG_KEY));
  const seen = `unknown model: ${unknown}${key === null ? '' : `; wrong key: ${key}`}`;
  if (key !== null && key !== 'upstream_auth_failed') throw new Error(`${seen} (upstream_auth_failed was expected)`);
  if (unknown === 'upstream_rejected') throw new Imperfect(`${seen} (told as a bad request)`);
  if (unknown !== 'model_unavailable') throw new Error(`${seen} (model_unavailable was expected)`);
  return seen;
};

function requestOf(bench: ConformanceBench, text: string, model = modelFor(bench, 'chat')): ChatRequest {
  return { model, messages: [{ role: 'user', content: text }], maxTokens: MAX_TOKENS };
}

async function chatted(bench: ConformanceBench, model?: string, secret?: string) {
  const { strategy } = bench;
  if (strategy.chat === undefined) throw new Skipped('it does not chat');
  return strategy.chat(bench.call(undefined, secret), requestOf(bench, 'Reply with: ok', model));
}

function streamed(bench: ConformanceBench, text: string, signal?: AbortSignal): AsyncIterable<ChatEvent> {
  const { strategy } = bench;
  if (strategy.streamChat === undefined) throw new Skipped('it does not stream');
  return strategy.streamChat(bench.call(signal), requestOf(bench, text));
}

async function drained(events: AsyncIterator<unknown>): Promise<void> {
  while (!(await events.next()).done);
}

async function codeOf(pending: Promise<unknown>): Promise<string> {
  const error = await pending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  // Some vendors count refusals, too.
  await sleep(100);
  if (error === undefined) return 'no error';
  if (error instanceof Skipped) throw error;
  return error instanceof SwitchboardError ? error.code : 'an error of another kind';
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= 40 ? line : `${line.slice(0, 39)}…`;
}
