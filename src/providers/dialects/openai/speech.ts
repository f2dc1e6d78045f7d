import type { ProviderCall, ProviderStrategy, SpeechRequest, SpeechResult } from '../../contract/index.js';
import { fieldsOf } from '../../upstream/index.js';
import { callingEach } from '../calling.js';
import { audioType } from './audio-type.js';
import { postJson } from './client.js';
import { nonsense, parseAnswer, type Reading } from './json.js';
import { tokenUsageOf } from './token-usage.js';

/** Enough to know a container, and JSON or a web page, from its beginning. */
const HEAD = 16;

/**
 * `POST /audio/speech`, as a strategy's `speech` method: `readonly speech = openAiSpeech`. The audio is passed on as
 * it comes. Mistral's JSON with base64 inside is understood too.
 */
export async function openAiSpeech(
  this: ProviderStrategy,
  call: ProviderCall,
  request: SpeechRequest,
): Promise<SpeechResult> {
  const { speechVoice } = call.provider.config.wire;
  const voice = request.voice ?? speechVoice ?? undefined;
  const body = speechBody({ ...request, ...(voice === undefined ? {} : { voice }) });
  return requestSpeech({ call, strategy: this }, body, request.format);
}

/** The JSON of a speech request. What the request leaves undefined is not sent. */
export function speechBody(request: SpeechRequest): Record<string, unknown> {
  const { model, text, voice, speed, format } = request;
  return {
    model,
    input: text,
    ...(voice === undefined ? {} : { voice }),
    ...(speed === undefined ? {} : { speed }),
    ...(format === undefined ? {} : { response_format: format }),
  };
}

/** Sends a speech request and looks at no more of the answer than its first bytes. */
export async function requestSpeech(
  reading: Reading,
  body: Record<string, unknown>,
  format: SpeechRequest['format'],
): Promise<SpeechResult> {
  const { call } = reading;
  const response = await postJson(call, call.provider.config.wire.speechPath, body);
  const label = response.headers.get('content-type');
  if (response.body === null) throw nonsense(reading, 'sent no audio.');
  const source = callingEach(response.body as AsyncIterable<Uint8Array>, call.signal);
  const head = await firstBytes(source);
  if (head.length === 0) throw nonsense(reading, 'sent no audio.');
  if (isText(head, label)) return fromJson(reading, await textOf(resumed(head, source)), format);
  return { mime: audioType(head, format, label), audio: resumed(head, source), usage: null };
}

function fromJson(reading: Reading, text: string, format: SpeechRequest['format']): SpeechResult {
  const json = fieldsOf(parseAnswer(reading, text));
  const base64 = [json.audio_data, json.audio, fieldsOf(json.audio).data].find((each) => typeof each === 'string');
  const bytes = Buffer.from(typeof base64 === 'string' ? base64 : '', 'base64');
  if (bytes.length === 0) throw nonsense(reading, 'sent no audio.');
  return { mime: audioType(bytes, format, null), audio: once(bytes), usage: tokenUsageOf(json.usage) };
}

/** Raw samples may begin with any byte, so that a brace alone proves nothing against an audio label. */
function isText(head: Uint8Array, label: string | null): boolean {
  if (/json|html|^\s*text\//i.test(label ?? ''))
    return !/^(?:RIFF|OggS|fLaC|ID3)/.test(Buffer.from(head).toString('latin1'));
  return /^\s*(?:\{\s*"|<!doctype|<html|(?:data|event): )/i.test(Buffer.from(head).toString('latin1'));
}

async function firstBytes(source: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  let head = new Uint8Array();
  while (head.length < HEAD) {
    const next = await source.next();
    if (next.done === true) break;
    head = new Uint8Array(Buffer.concat([head, next.value]));
  }
  return head;
}

async function* resumed(head: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  yield head;
  yield* rest;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  yield bytes;
}

async function textOf(source: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
