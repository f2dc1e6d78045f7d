import OpenAI from 'openai';
import type { ProviderCall } from '../../contract/index.js';
import { calling } from '../calling.js';

/** Longer than any limit of ours: `call.fetch` keeps the time. */
const SDK_TIMEOUT = 24 * 60 * 60 * 1000;

/**
 * An SDK client for one call. Everything the SDK would read from the environment is given, and only headers that the
 * provider row or the protocol asks for leave the process.
 */
function clientOf(call: ProviderCall): OpenAI {
  const { wire } = call.provider.config;
  const headers: Record<string, string | null> = { ...wire.headers, ...credentialOf(call) };
  const allowed = new Set([
    'accept',
    'content-type',
    'user-agent',
    ...Object.keys(headers).map((n) => n.toLowerCase()),
  ]);
  return new OpenAI({
    baseURL: call.baseUrl,
    apiKey: call.apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    timeout: SDK_TIMEOUT,
    defaultHeaders: headers,
    fetch: (input, init) => call.fetch(input, { ...init, headers: only(allowed, init?.headers) }),
  });
}

/** The header of the key, and no other one; null takes a header away. */
export function credentialOf({ apiKey, provider }: ProviderCall): Record<string, string | null> {
  const { auth } = provider.config.wire;
  if (auth.type === 'none' || apiKey === null) return { authorization: null };
  return auth.type === 'bearer' ? { authorization: `Bearer ${apiKey}` } : { authorization: null, [auth.name]: apiKey };
}

/** A plain record: a `fetch` of another realm or library need not know our `Headers`. */
function only(allowed: ReadonlySet<string>, given: ConstructorParameters<typeof Headers>[0]): Record<string, string> {
  return Object.fromEntries([...new Headers(given)].filter(([name]) => allowed.has(name)));
}

/** POSTs JSON to a path below the base URL; the answer is 2xx or an error was thrown. Nothing of it is read yet. */
export function postJson(call: ProviderCall, path: string, body: Readonly<Record<string, unknown>>): Promise<Response> {
  return calling(() => clientOf(call).post(path, { body, signal: call.signal }).asResponse(), call.signal);
}

/**
 * GETs a path below the base URL, or an absolute URL. The credential goes to the origin of the base URL only: a catalog
 * on another host is read without it.
 */
export function getResource(call: ProviderCall, pathOrUrl: string): Promise<Response> {
  const isForeign = /^https?:/i.test(pathOrUrl) && new URL(pathOrUrl).origin !== new URL(call.baseUrl).origin;
  const client = clientOf(isForeign ? { ...call, apiKey: null } : call);
  return calling(() => client.get(pathOrUrl, { signal: call.signal }).asResponse(), call.signal);
}

/** The whole answer as text; bounded by `call.fetch`. */
export function textOf(call: ProviderCall, response: Response): Promise<string> {
  return calling(() => response.text(), call.signal);
}
