import { readSse } from '../../../core/sse/index.js';
import type { ChatEvent } from '../../contract/index.js';
import { callingEach } from '../calling.js';
import { ChatAssembler } from './chat-assembler.js';
import { fieldsOf } from '../../upstream/index.js';
import { insideOf, nonsense, parseAnswer, type Reading } from './json.js';

/**
 * The chat events of an answer by its content, not by its label: server-sent events, or the plain JSON that some
 * vendors send although a stream was asked for.
 *
 * @throws SwitchboardError `upstream_bad_response` when the answer ends before a finish reason or `[DONE]`
 */
export async function* chatEventsOf(reading: Reading, response: Response): AsyncGenerator<ChatEvent, void, void> {
  const { signal } = reading.call;
  const source = callingEach((response.body ?? emptyBody()) as AsyncIterable<Uint8Array>, signal);
  const { head, isEvents } = await peek(source);
  try {
    if (isEvents) yield* fromEvents(reading, resumed(head, source));
    else yield* fromJson(reading, await textOf(resumed(head, source)));
  } finally {
    await source.return();
  }
}

function* fromJson(reading: Reading, text: string): Generator<ChatEvent, void, void> {
  const assembler = new ChatAssembler(reading);
  const json = parseAnswer(reading, text);
  const choices: unknown = fieldsOf(json).choices;
  if (!Array.isArray(choices) || choices.length === 0) throw nonsense(reading, 'answered without a message.');
  yield* assembler.take(json, true);
  yield* assembler.end(true);
}

async function* fromEvents(reading: Reading, source: AsyncIterable<Uint8Array>): AsyncGenerator<ChatEvent, void, void> {
  const assembler = new ChatAssembler(reading);
  let isDone = false;
  try {
    for await (const { event, data } of readSse(source)) {
      if (data.trim() === '') continue;
      isDone = data.trim() === '[DONE]';
      if (isDone) break;
      const json = chunkOf(reading, data, assembler.isFinished);
      if (event === 'error' && !assembler.isFinished) throw insideOf(reading, json ?? { error: data });
      yield* assembler.take(json);
    }
  } catch (error) {
    // Complete is complete: a connection that breaks behind the finish reason takes nothing away.
    if (!assembler.isFinished || reading.call.signal.aborted) throw error;
  }
  yield* assembler.end(isDone);
}

function chunkOf(reading: Reading, data: string, isFinished: boolean): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    if (isFinished) return undefined;
    throw nonsense(reading, 'sent a stream event that is not JSON.');
  }
}

/** Reads up to the first byte that is no white space; `{`, `[` and `<` do not begin a field of an event. */
async function peek(source: AsyncGenerator<Uint8Array>): Promise<{ head: Uint8Array; isEvents: boolean }> {
  let head = new Uint8Array();
  for (;;) {
    const next = await source.next();
    if (next.done === true) return { head, isEvents: false };
    head = new Uint8Array(Buffer.concat([head, next.value]));
    const first = new TextDecoder()
      .decode(head.subarray(0, 64 * 1024))
      .trimStart()
      .at(0);
    if (first !== undefined && first !== '\uFFFD') return { head, isEvents: !'{[<'.includes(first) };
  }
}

async function* resumed(head: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  yield head;
  yield* rest;
}

async function textOf(source: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(piece);
  return new TextDecoder().decode(Buffer.concat(pieces));
}

async function* emptyBody(): AsyncGenerator<Uint8Array, void, void> {
  // Nothing to give.
}
