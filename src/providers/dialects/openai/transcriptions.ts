import type {
  ProviderCall,
  ProviderStrategy,
  TranscriptionRequest,
  TranscriptionResult,
} from '../../contract/index.js';
import { fieldsOf } from '../../upstream/index.js';
import { calling } from '../calling.js';
import { credentialOf, textOf } from './client.js';
import { nonsense, parseAnswer } from './json.js';
import { tokenUsageOf } from './token-usage.js';

/** `POST /audio/transcriptions`, as a strategy's `transcribe` method: `readonly transcribe = openAiTranscribe`. */
export async function openAiTranscribe(
  this: ProviderStrategy,
  call: ProviderCall,
  { model, audio, fileName, language, prompt }: TranscriptionRequest,
): Promise<TranscriptionResult> {
  const reading = { call, strategy: this };
  const form = new FormData();
  form.set('model', model);
  form.set('file', new Blob([Uint8Array.from(audio)]), fileName);
  form.set('response_format', 'json');
  if (language !== undefined) form.set('language', language);
  if (prompt !== undefined) form.set('prompt', prompt);
  const headers = Object.entries({ ...call.provider.config.wire.headers, ...credentialOf(call) });
  const sent = headers.filter((entry): entry is [string, string] => entry[1] !== null);
  const url = `${call.baseUrl}/audio/transcriptions`;
  const response = await calling(
    () => call.fetch(url, { method: 'POST', headers: Object.fromEntries(sent), body: form, signal: call.signal }),
    call.signal,
  );
  const json = fieldsOf(parseAnswer(reading, await textOf(call, response)));
  if (typeof json.text !== 'string') throw nonsense(reading, 'answered without a text.');
  return { text: json.text, usage: tokenUsageOf(json.usage) };
}
