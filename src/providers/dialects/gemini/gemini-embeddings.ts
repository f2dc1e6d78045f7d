import type { EmbeddingRequest, EmbeddingResult, ProviderCall } from '../../contract/index.js';
import { postForObject } from '../exchange.js';
import { inLots, vectorsFor } from '../vectors.js';
import { objectsOf, type WireObject } from '../wire-json.js';
import { modelPath } from './gemini-call.js';

/** Texts that `batchEmbedContents` takes at once. */
const MOST_TEXTS = 100;

/**
 * `batchEmbedContents`; the answer tells no usage.
 * @param check looks at each answer before it is read. @throws SwitchboardError
 */
export async function embedGemini(
  call: ProviderCall,
  { model, input, dimensions }: EmbeddingRequest,
  check: (answer: WireObject) => void,
): Promise<EmbeddingResult> {
  const key = call.apiKey === null ? {} : { 'x-goog-api-key': call.apiKey };
  const headers = { ...call.provider.config.wire.headers, ...key };
  const path = modelPath(model);
  const shortened = dimensions === undefined ? {} : { outputDimensionality: dimensions };
  const lots = await inLots(input, MOST_TEXTS, async (texts) => {
    const requests = texts.map((text) => ({ model: path, content: { parts: [{ text }] }, ...shortened }));
    const answer = await postForObject(call, `/${path}:batchEmbedContents`, headers, { requests });
    check(answer);
    return vectorsFor(
      texts,
      objectsOf(answer.embeddings).map(({ values }) => values),
    );
  });
  return { vectors: lots.flat(), usage: null };
}
