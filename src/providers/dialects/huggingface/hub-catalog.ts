import { SwitchboardError } from '../../../core/errors/index.js';
import type { ListedModel, ModelListing, ProviderCall, ProviderStrategy } from '../../contract/index.js';
import { errorInside } from '../../upstream/index.js';
import { getFrom, readText } from '../exchange.js';
import { objectsOf, parseJson, stringOf, type WireObject } from '../wire-json.js';
import { hubCapabilities } from './hub-capabilities.js';

const HUB_ORIGIN = 'https://huggingface.co';
const ROUTER_ORIGIN = 'https://router.huggingface.co';

const PAGE_SIZE = 1000;
/** The list is endless in practice; it comes with the models of interest first. */
const MOST_PAGES = 5;

/** The fields we read. Asking for one leaves all others out. */
const FIELDS = ['pipeline_tag', 'tags', 'likes', 'downloads', 'createdAt', 'inferenceProviderMapping'];

/** Address of a resource of the Hub, which is not below the router's base URL. */
export function hubUrl(call: ProviderCall, path: string): URL {
  const base = call.provider.config.catalogBaseUrl ?? `${HUB_ORIGIN}/api`;
  return new URL(`${base.replace(/\/+$/, '')}${path}`);
}

/**
 * Whether the key may be shown to that address: its own origin, or the vendor's Hub where the key is for the vendor's
 * router. A catalog address that somebody edited gets no key.
 */
export function mayHaveKey(call: ProviderCall, url: URL): boolean {
  const { origin } = new URL(call.baseUrl);
  return url.origin === origin || (url.origin === HUB_ORIGIN && origin === ROUTER_ORIGIN);
}

/** The key as a header, for addresses that may have it. */
export function hubHeaders(call: ProviderCall, url: URL): Record<string, string> {
  return call.apiKey !== null && mayHaveKey(call, url) ? { authorization: `Bearer ${call.apiKey}` } : {};
}

/**
 * The models that some inference provider has warm. Further pages come by `Link` header, as long as it stays on the
 * same origin.
 * @throws SwitchboardError of `call.fetch`, or `upstream_bad_response` for what is no list.
 */
export async function listHubModels(call: ProviderCall, strategy: ProviderStrategy): Promise<ModelListing> {
  const models: ListedModel[] = [];
  let skipped = 0;
  let next: URL | undefined = firstPage(call);
  for (let page = 0; page < MOST_PAGES && next !== undefined; page += 1) {
    const url: URL = next;
    const response = await getFrom(call, url, hubHeaders(call, url));
    const body = parseJson(await readText(call, response));
    if (!Array.isArray(body)) throw errorInside(body, strategy, call.provider.slug, call.apiKey);
    const listed = objectsOf(body).flatMap((row) => toListedModel(row) ?? []);
    models.push(...listed);
    skipped += body.length - listed.length;
    next = nextPage(response.headers.get('link'), url);
  }
  return { models, skipped };
}

function firstPage(call: ProviderCall): URL {
  const url = hubUrl(call, '/models');
  url.searchParams.set('inference', 'warm');
  url.searchParams.set('limit', String(PAGE_SIZE));
  for (const field of FIELDS) url.searchParams.append('expand[]', field);
  return url;
}

function nextPage(link: string | null, current: URL): URL | undefined {
  const address = /<([^<>]{1,4000})>\s{0,9};\s{0,9}rel="next"/.exec(link ?? '')?.[1];
  if (address === undefined) return undefined;
  const next = URL.canParse(address, current.href) ? new URL(address, current.href) : undefined;
  if (next?.origin === current.origin) return next;
  throw new SwitchboardError('upstream_bad_response', 'The Hub named a page of its list on another host.');
}

function toListedModel(row: WireObject): ListedModel | undefined {
  const id = stringOf(row.id) ?? stringOf(row.modelId);
  if (id === undefined || id === '') return undefined;
  const seesPictures = row.pipeline_tag === 'image-text-to-text';
  return {
    id,
    name: id,
    description: null,
    capabilities: hubCapabilities(id, row),
    contextLength: null,
    maxOutputTokens: null,
    modalities: seesPictures ? { input: ['text', 'image'], output: ['text'] } : null,
    // Prices are those of whichever back end answers; there is no one price of a model.
    pricing: null,
    isFree: false,
    deprecatedAt: null,
    raw: row,
  };
}
