import type { ListedModel, ModelListing, ProviderCall } from '../../contract/index.js';
import { getObject } from '../exchange.js';
import { isWireObject, limitOf, objectOf, objectsOf, stringOf, type WireObject } from '../wire-json.js';
import { anthropicHeaders } from './anthropic-headers.js';

const PAGE_SIZE = 1000;
/** More than any list has; a bound for a list that never ends. */
const MOST_PAGES = 20;

/** The list of models, pages followed. @throws SwitchboardError of `call.fetch` or for a body that is no list. */
export async function listAnthropicModels(call: ProviderCall): Promise<ModelListing> {
  const models: ListedModel[] = [];
  let skipped = 0;
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const body = await getModelsPage(call, PAGE_SIZE, after);
    const rows = Array.isArray(body.data) ? body.data : [];
    const listed = objectsOf(rows).flatMap((row) => toListedModel(row) ?? []);
    models.push(...listed);
    skipped += rows.length - listed.length;
    const last = stringOf(body.last_id);
    if (body.has_more !== true || last === undefined || last === after) break;
    after = last;
  }
  return { models, skipped };
}

/** One page of the list. */
export function getModelsPage(call: ProviderCall, limit: number, after?: string): Promise<WireObject> {
  const url = new URL(`${call.baseUrl}/models`);
  url.searchParams.set('limit', String(limit));
  if (after !== undefined) url.searchParams.set('after_id', after);
  return getObject(call, url, anthropicHeaders(call));
}

/** All models of the list converse. Limits and inputs came to the list in 2026; older answers lack them. */
function toListedModel(row: WireObject): ListedModel | undefined {
  const id = stringOf(row.id);
  if (id === undefined || id === '') return undefined;
  return {
    id,
    name: stringOf(row.display_name) ?? id,
    description: null,
    capabilities: ['chat', 'content'],
    contextLength: limitOf(row.max_input_tokens),
    maxOutputTokens: limitOf(row.max_tokens),
    modalities: isWireObject(row.capabilities) ? { input: inputsOf(row.capabilities), output: ['text'] } : null,
    pricing: null,
    isFree: false,
    deprecatedAt: null,
    raw: row,
  };
}

function inputsOf(capabilities: WireObject): string[] {
  const supports = (name: string): boolean => objectOf(capabilities[name]).supported === true;
  return ['text', ...(supports('image_input') ? ['image'] : []), ...(supports('pdf_input') ? ['pdf'] : [])];
}
