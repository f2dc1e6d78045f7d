import { describe, expect, it } from '@jest/globals';
import type { ChatEvent, ChatResult, ProviderCall, ProviderStrategy } from '../../src/providers/contract/index.js';
import { SwitchboardError } from '../../src/core/errors/index.js';
import { collectChat, comparable } from './collect-chat.js';
import { loadRecordings, type Recording, replayCall } from './recordings.js';

/** Streams up to this many bytes are cut at every single position. */
const SHORT = 4000;

interface ReplaySuite {
  readonly provider: string;
  readonly baseUrl: string;
  readonly strategy: ProviderStrategy;
  /** What the raw body of a chat recording holds, read without any of the code under test. */
  readonly expected: (recording: Recording) => unknown;
  /** The same of a result. @default comparable */
  readonly project?: (result: ChatResult) => unknown;
  /** Error recordings: file → the code our caller must see. */
  readonly errors: Readonly<Record<string, string>>;
  /** Kinds that no capability of ours covers yet, with the reason. */
  readonly outOfScope: Readonly<Record<string, string>>;
  /** Recordings of other endpoints of ours, by kind. */
  readonly special?: Readonly<Record<string, (recording: Recording) => Promise<void>>>;
}

/** Runs every recording of a provider through its strategy; each one is checked, or out of scope for a named reason. */
export function replaySuite(suite: ReplaySuite): void {
  const recordings = loadRecordings(suite.provider);
  describe(`recordings of ${suite.provider}`, () => {
    if (recordings === null) {
      it.skip('skipped: no recordings', () => undefined);
      return;
    }
    for (const recording of recordings) {
      const kind = recording.kind;
      const reason = Object.entries(suite.outOfScope).find(([name]) => kind.startsWith(name))?.[1];
      const special = suite.special?.[kind];
      if (reason !== undefined) it.skip(`${recording.file}: out of scope, ${reason}`, () => undefined);
      else if (special !== undefined) it(recording.file, () => special(recording));
      else if (kind.startsWith('error-')) it(recording.file, () => expectError(suite, recording));
      else if (recording.file.endsWith('.sse')) it(recording.file, () => expectStream(suite, recording), 120_000);
      else if (kind.startsWith('chat')) it(recording.file, () => expectChat(suite, recording));
      else it(recording.file, () => expect(`${recording.file} is`).toBe('replayed or out of scope'));
    }
  });
}

function callOf(suite: ReplaySuite, recording: Recording, splitAt?: readonly number[]): ProviderCall {
  const options = splitAt === undefined ? {} : { splitAt };
  return replayCall(recording, suite.strategy, { baseUrl: suite.baseUrl, ...options });
}

function requestOf(recording: Recording) {
  return { model: recording.model ?? 'some-model', messages: [{ role: 'user' as const, content: 'Hello' }] };
}

async function expectChat(suite: ReplaySuite, recording: Recording): Promise<void> {
  const result = await suite.strategy.chat?.(callOf(suite, recording), requestOf(recording));
  expect((suite.project ?? comparable)(result as ChatResult)).toEqual(suite.expected(recording));
}

async function expectStream(suite: ReplaySuite, recording: Recording): Promise<void> {
  const length = recording.body.length;
  const positions = Array.from({ length: length - 1 }, (_, index) => index + 1);
  const step = length <= SHORT ? 1 : Math.ceil(length / 400);
  const splits = positions.filter((position) => position % step === 0).map((position) => [position]);
  const expected = suite.expected(recording);
  const asText = JSON.stringify(expected);
  const broken: unknown[] = [];
  for (const splitAt of [undefined, positions, ...splits]) {
    const events = suite.strategy.streamChat?.(callOf(suite, recording, splitAt), requestOf(recording));
    const result = (suite.project ?? comparable)(await collectChat(events as AsyncIterable<ChatEvent>));
    // Told apart as text: a deep comparison at each of thousands of positions would take minutes.
    if (JSON.stringify(result) !== asText)
      broken.push({ splitAt: splitAt?.length === 1 ? splitAt : 'every byte or none', result });
  }
  expect(broken).toEqual([]);
  expect(splits.length).toBeGreaterThan(300);
  expect(expected).toHaveProperty('finish');
}

async function expectError(suite: ReplaySuite, recording: Recording): Promise<void> {
  const { strategy } = suite;
  const asks = [
    () => strategy.chat?.(callOf(suite, recording), requestOf(recording)),
    () =>
      collectChat(strategy.streamChat?.(callOf(suite, recording), requestOf(recording)) as AsyncIterable<ChatEvent>),
    () => strategy.listModels?.(callOf(suite, recording)),
  ];
  for (const ask of asks) {
    const error = await Promise.resolve(ask()).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(SwitchboardError);
    expect((error as SwitchboardError).code).toBe(suite.errors[recording.file.split('/')[1] ?? '']);
  }
}
