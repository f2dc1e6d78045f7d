import { client } from '../api/client.gen';
import { isAbort, offlineProblem, problemFrom } from './problem';

/** A read together with its entity tag, to be sent back with the write. */
export interface Tagged<T> {
  readonly value: T;
  readonly tag: string | null;
}

/** Address of a path of the API, below whatever prefix the panel is served from. */
export const addressOf = (path: string): string => new URL(path.replace(/^\//, ''), document.baseURI).toString();

/**
 * `fetch` for every call of the panel. Throws `Problem` for a refusal and for a network that is gone, `AbortError` for a
 * stop; tells the page when the session is lost.
 */
export async function panelFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(input, init);
  } catch (thrown) {
    if (isAbort(thrown)) throw thrown;
    throw offlineProblem();
  }
  if (response.ok) return response;
  const problem = problemFrom(response.status, await response.json().catch(() => null), response.headers);
  if (problem.status === 401 && !new URL(response.url).pathname.includes('/api/auth/'))
    window.dispatchEvent(new Event('switchboard:session-lost'));
  throw problem;
}

/** Points the generated client at this server. Once, before anything is called. */
export function configureClient(): void {
  client.setConfig({ baseUrl: addressOf('').replace(/\/$/, ''), fetch: panelFetch, credentials: 'same-origin' });
}

/** Leaves out what was not given: neither queries nor bodies of the API know `undefined`. */
export function given<T extends object>(values: { readonly [K in keyof T]: T[K] | null | undefined }): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null)) as T;
}

/** The option by which a call can be stopped. */
export const stoppable = (signal: AbortSignal | undefined): { signal?: AbortSignal } => (signal ? { signal } : {});

/** Makes a call of the generated client and keeps the entity tag of its answer. */
export async function readTagged<T>(call: (options: { fetch: typeof fetch }) => Promise<T>): Promise<Tagged<T>> {
  let tag: string | null = null;
  const value = await call({
    fetch: async (input, init) => {
      const response = await panelFetch(input, init);
      tag = response.headers.get('etag');
      return response;
    },
  });
  return { value, tag };
}

/** What the generated client needs to send the entity tag along. */
export const matching = (tag: string | null | undefined): { headers?: { 'If-Match': string } } =>
  tag ? { headers: { 'If-Match': tag } } : {};
