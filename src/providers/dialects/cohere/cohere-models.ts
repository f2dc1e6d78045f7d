import type { Capability, ListedModel, ModelListing, ProviderCall } from '../../contract/index.js';
import { getObject } from '../exchange.js';
import { limitOf, objectsOf, stringOf, type WireObject } from '../wire-json.js';

const PAGE_SIZE = 1000;
const CHATS: readonly Capability[] = ['chat', 'content'];
const EMBEDS: readonly Capability[] = ['embedding'];
/** More than any list has; a bound for a list that never ends. */
const MOST_PAGES = 20;

/** The key, where there is one, and what the provider row adds. */
export function cohereHeaders(call: ProviderCall): Record<string, string> {
  const key = call.apiKey === null ? {} : { authorization: `Bearer ${call.apiKey}` };
  return { ...call.provider.config.wire.headers, ...key };
}

/** The list of models, pages followed. @throws SwitchboardError of `call.fetch` or for a body that is no list. */
export async function listCohereModels(call: ProviderCall): Promise<ModelListing> {
  const models: ListedModel[] = [];
  let skipped = 0;
  let pageToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const body = await getModelsPage(call, PAGE_SIZE, pageToken);
    const rows = Array.isArray(body.models) ? body.models : [];
    const listed = objectsOf(rows).flatMap((row) => toListedModel(row) ?? []);
    models.push(...listed);
    skipped += rows.length - listed.length;
    pageToken = stringOf(body.next_page_token);
    if (pageToken === undefined || pageToken === '') break;
  }
  return { models, skipped };
}

/** One page. The list lives in v1, chat in v2. */
export function getModelsPage(call: ProviderCall, pageSize: number, pageToken?: string): Promise<WireObject> {
  const url = new URL(`${call.baseUrl}/v1/models`);
  url.searchParams.set('page_size', String(pageSize));
  if (pageToken !== undefined) url.searchParams.set('page_token', pageToken);
  return getObject(call, url, cohereHeaders(call));
}

/** `endpoints` says what a model is for; `features` is null for many that have some. */
function toListedModel(row: WireObject): ListedModel | undefined {
  const id = stringOf(row.name);
  if (id === undefined || id === '') return undefined;
  const converses = includes(row.endpoints, 'chat');
  const inputs = includes(row.features, 'vision') ? ['text', 'image'] : ['text'];
  return {
    id,
    name: id,
    description: null,
    capabilities: [...(converses ? CHATS : []), ...(includes(row.endpoints, 'embed') ? EMBEDS : [])],
    contextLength: limitOf(row.context_length),
    maxOutputTokens: null,
    modalities: converses && Array.isArray(row.features) ? { input: inputs, output: ['text'] } : null,
    pricing: null,
    isFree: false,
    deprecatedAt: null,
    raw: row,
  };
}

function includes(list: unknown, word: string): boolean {
  return Array.isArray(list) && list.includes(word);
}
