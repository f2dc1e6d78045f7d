import { invalidField, SwitchboardError } from '../../../core/errors/index.js';
import type { EmbeddingRequest, EmbeddingResult, ProviderCall, ProviderStrategy } from '../../contract/index.js';
import { errorInside } from '../../upstream/index.js';
import { postTo, readText } from '../exchange.js';
import { isVector, vectorsFor } from '../vectors.js';
import { parseJson } from '../wire-json.js';

/**
 * The task `feature-extraction` of `hf-inference`; the answer tells no usage. A model that makes a vector of each token
 * is refused: which of them would be the text's is not ours to say.
 * @param url of the model's task endpoint
 * @throws SwitchboardError `validation_failed` for `dimensions`, which the task does not know
 */
export async function embedByTask(
  call: ProviderCall,
  strategy: ProviderStrategy,
  url: string,
  { model, input, dimensions }: EmbeddingRequest,
): Promise<EmbeddingResult> {
  if (dimensions !== undefined) throw invalidField('dimensions', 'is not possible with this provider; leave it out');
  const key = call.apiKey === null ? {} : { authorization: `Bearer ${call.apiKey}` };
  const headers = { ...call.provider.config.wire.headers, accept: 'application/json', ...key };
  const body = parseJson(await readText(call, await postTo(call, url, headers, { inputs: input })));
  if (!Array.isArray(body)) throw errorInside(body, strategy, call.provider.slug, call.apiKey);
  const rows: unknown[] = body;
  if (rows.length > 0 && rows.every((row) => Array.isArray(row) && row.length > 0 && row.every(isVector))) {
    const detail = `${model} makes a vector of each token, not of a whole text. Choose a model for sentences.`;
    throw new SwitchboardError('operation_not_supported', detail);
  }
  return { vectors: vectorsFor(input, rows), usage: null };
}
