import type { EmbeddingRequest, EmbeddingResult, ProviderCall } from '../../contract/index.js';
import { postForObject } from '../exchange.js';
import { inLots, usageOfTexts, vectorsFor } from '../vectors.js';
import { countOf, objectOf, type WireObject } from '../wire-json.js';
import { cohereHeaders } from './cohere-models.js';

/** Texts that `/v2/embed` takes at once. */
const MOST_TEXTS = 96;

/**
 * `/v2/embed`. The vendor wants to know what the vectors are for, which OpenAI's format has no word for: they are made
 * as those of documents to be found.
 * @param check looks at each answer before it is read. @throws SwitchboardError
 */
export async function embedCohere(
  call: ProviderCall,
  { model, input, dimensions }: EmbeddingRequest,
  check: (answer: WireObject) => void,
): Promise<EmbeddingResult> {
  const rest = {
    model,
    input_type: 'search_document',
    embedding_types: ['float'],
    ...(dimensions === undefined ? {} : { output_dimension: dimensions }),
  };
  const lots = await inLots(input, MOST_TEXTS, async (texts) => {
    const answer = await postForObject(call, '/v2/embed', cohereHeaders(call), { ...rest, texts });
    check(answer);
    const vectors = objectOf(answer.embeddings).float;
    const tokens = countOf(objectOf(objectOf(answer.meta).billed_units).input_tokens);
    return { vectors: vectorsFor(texts, Array.isArray(vectors) ? vectors : []), tokens };
  });
  const isTold = lots.every(({ tokens }) => tokens !== undefined);
  const tokens = lots.reduce((sum, lot) => sum + (lot.tokens ?? 0), 0);
  return { vectors: lots.flatMap(({ vectors }) => vectors), usage: usageOfTexts(isTold ? tokens : undefined) };
}
