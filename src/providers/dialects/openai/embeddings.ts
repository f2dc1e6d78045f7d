import type { EmbeddingRequest, EmbeddingResult, ProviderCall, ProviderStrategy } from '../../contract/index.js';
import { fieldsOf } from '../../upstream/index.js';
import { postJson, textOf } from './client.js';
import { nonsense, parseAnswer } from './json.js';
import { tokenUsageOf } from './token-usage.js';

/** `POST /embeddings`, as a strategy's `embed` method: `readonly embed = openAiEmbed`. */
export async function openAiEmbed(
  this: ProviderStrategy,
  call: ProviderCall,
  { model, input, dimensions }: EmbeddingRequest,
): Promise<EmbeddingResult> {
  const reading = { call, strategy: this };
  const body = { model, input, ...(dimensions === undefined ? {} : { dimensions }) };
  const json = fieldsOf(parseAnswer(reading, await textOf(call, await postJson(call, '/embeddings', body))));
  const rows: unknown[] = Array.isArray(json.data) ? json.data : [];
  const vectors = rows.map((row) => fieldsOf(row).embedding).filter(isVector);
  if (vectors.length !== input.length) throw nonsense(reading, 'answered without a vector for each text.');
  const { prompt_tokens: prompt, total_tokens: total } = fieldsOf(json.usage);
  return { vectors, usage: tokenUsageOf({ prompt_tokens: prompt ?? total, completion_tokens: 0 }) };
}

function isVector(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'number');
}
