import type { Capability, ListedModel, ModelListing, ProviderCall } from '../../contract/index.js';
import { detectCapabilities } from '../../detection/index.js';
import { getObject } from '../exchange.js';
import { limitOf, objectsOf, stringOf, type WireObject } from '../wire-json.js';

const PAGE_SIZE = 1000;
/** More than any list has; a bound for a list that never ends. */
const MOST_PAGES = 20;

/** The list of models, pages followed. @throws SwitchboardError of `call.fetch` or for a body that is no list. */
export async function listGeminiModels(call: ProviderCall): Promise<ModelListing> {
  const models: ListedModel[] = [];
  let skipped = 0;
  let pageToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const body = await getModelsPage(call, PAGE_SIZE, pageToken);
    const rows = Array.isArray(body.models) ? body.models : [];
    const listed = objectsOf(rows).flatMap((row) => toListedModel(row) ?? []);
    models.push(...listed);
    skipped += rows.length - listed.length;
    pageToken = stringOf(body.nextPageToken);
    if (pageToken === undefined || pageToken === '') break;
  }
  return { models, skipped };
}

/** One page. The key goes in a header: in the address it would end up in logs. */
export function getModelsPage(call: ProviderCall, pageSize: number, pageToken?: string): Promise<WireObject> {
  const url = new URL(`${call.baseUrl}/models`);
  url.searchParams.set('pageSize', String(pageSize));
  if (pageToken !== undefined) url.searchParams.set('pageToken', pageToken);
  const key = call.apiKey === null ? {} : { 'x-goog-api-key': call.apiKey };
  return getObject(call, url, { ...call.provider.config.wire.headers, ...key });
}

function toListedModel(row: WireObject): ListedModel | undefined {
  const id = stringOf(row.name)?.replace(/^models\//, '');
  if (id === undefined || id === '') return undefined;
  return {
    id,
    name: stringOf(row.displayName) ?? id,
    description: stringOf(row.description) ?? null,
    capabilities: geminiCapabilities(id, row.supportedGenerationMethods),
    contextLength: limitOf(row.inputTokenLimit),
    maxOutputTokens: limitOf(row.outputTokenLimit),
    modalities: null,
    pricing: null,
    isFree: false,
    deprecatedAt: null,
    raw: row,
  };
}

/** Say generateContent as well, but compose music, drive a computer, or answer at another endpoint only. */
const OTHER_WORK = /lyria|computer-use|deep-research|antigravity|omni/;

/** The list says only which methods a model has; pictures and speech come by generateContent too, so the name tells. */
export function geminiCapabilities(id: string, methods: unknown): Capability[] {
  if (Array.isArray(methods) && methods.includes('embedContent')) return ['embedding'];
  if (!Array.isArray(methods) || !methods.includes('generateContent') || OTHER_WORK.test(id)) return [];
  return detectCapabilities(id);
}
