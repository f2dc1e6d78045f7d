import { isAbort, offlineProblem, problemFrom } from './problem';

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface RequestOptions {
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** Entity tag of what was read: the server answers 412 when it changed since. */
  readonly ifMatch?: string | null | undefined;
  readonly accept?: string;
}

/** A read together with its entity tag, to be sent back with the write. */
export interface Tagged<T> {
  readonly value: T;
  readonly tag: string | null;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Address of a path of the API, below whatever prefix the panel is served from. */
export function addressOf(path: string, query: Query = {}): string {
  const url = new URL(path.replace(/^\//, ''), document.baseURI);
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') url.searchParams.set(key, String(value));
  return url.toString();
}

/** Sends and answers the raw response of a success. Throws `Problem` for a refusal, `AbortError` for a stop. */
export async function send(method: Method, path: string, options: RequestOptions = {}): Promise<Response> {
  const headers = new Headers({ accept: options.accept ?? 'application/json' });
  if (options.body !== undefined) headers.set('content-type', 'application/json');
  if (options.ifMatch) headers.set('if-match', options.ifMatch);
  let response: Response;
  try {
    response = await fetch(addressOf(path, options.query), {
      method,
      headers,
      credentials: 'same-origin',
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
  } catch (thrown) {
    if (isAbort(thrown)) throw thrown;
    throw offlineProblem();
  }
  if (response.ok) return response;
  const problem = problemFrom(response.status, await response.json().catch(() => null), response.headers);
  if (problem.status === 401 && !path.startsWith('api/auth/'))
    window.dispatchEvent(new Event('switchboard:session-lost'));
  throw problem;
}

export async function request<T>(method: Method, path: string, options?: RequestOptions): Promise<T> {
  const response = await send(method, path, options);
  if (response.status === 204) return undefined as T;
  return (await response.json().catch(() => {
    throw problemFrom(502, { code: 'bad_answer', title: 'Unreadable answer', detail: 'The answer is not JSON.' });
  })) as T;
}

export async function readTagged<T>(path: string, options?: RequestOptions): Promise<Tagged<T>> {
  const response = await send('GET', path, options);
  return { value: (await response.json()) as T, tag: response.headers.get('etag') };
}

/** A path segment from outside: model ids and slugs never change the path. */
export const segment = (value: string): string => encodeURIComponent(value);
