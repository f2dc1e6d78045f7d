import { SwitchboardError } from '../../core/errors/index.js';
import { readSse, type SseEvent } from '../../core/sse/index.js';
import type { ProviderCall } from '../contract/index.js';
import { calling, callingEach } from './calling.js';
import { isWireObject, parseJson, type WireObject } from './wire-json.js';

type RequestHeaders = Readonly<Record<string, string>>;

/**
 * Sends JSON to an absolute URL; the answer is 2xx or an error was thrown, and nothing of it is read yet.
 * Any type of answer is accepted unless the headers name one.
 */
export function postTo(call: ProviderCall, url: string, headers: RequestHeaders, body: unknown): Promise<Response> {
  return calling(
    () =>
      call.fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: '*/*', ...headers },
        body: JSON.stringify(body),
        signal: call.signal,
      }),
    call.signal,
  );
}

/**
 * Sends JSON to a path below the base URL and reads a JSON object.
 * @throws SwitchboardError `upstream_bad_response` when the answer is none.
 */
export async function postForObject(
  call: ProviderCall,
  path: string,
  headers: RequestHeaders,
  body: unknown,
): Promise<WireObject> {
  const response = await postTo(call, `${call.baseUrl}${path}`, { accept: 'application/json', ...headers }, body);
  return requireObject(parseJson(await readText(call, response)));
}

/**
 * Sends JSON to a path below the base URL and reads server-sent events. Returning early cancels the answer upstream.
 */
export async function* postForEvents(
  call: ProviderCall,
  path: string,
  headers: RequestHeaders,
  body: unknown,
): AsyncGenerator<SseEvent, void, undefined> {
  const accept = { accept: 'text/event-stream' };
  const response = await postTo(call, `${call.baseUrl}${path}`, { ...accept, ...headers }, body);
  if (response.body !== null) yield* callingEach(readSse(response.body as AsyncIterable<Uint8Array>), call.signal);
}

/** Reads from an absolute URL; the answer is 2xx or an error was thrown. */
export function getFrom(call: ProviderCall, url: string | URL, headers: RequestHeaders): Promise<Response> {
  const wanted = { accept: 'application/json', ...headers };
  return calling(() => call.fetch(url, { headers: wanted, signal: call.signal }), call.signal);
}

/** Reads a JSON object. @throws SwitchboardError `upstream_bad_response` when the answer is none. */
export async function getObject(call: ProviderCall, url: string | URL, headers: RequestHeaders): Promise<WireObject> {
  return requireObject(parseJson(await readText(call, await getFrom(call, url, headers))));
}

/** The whole answer as text; bounded by `call.fetch`. */
export function readText(call: ProviderCall, response: Response): Promise<string> {
  return calling(() => response.text(), call.signal);
}

/** The JSON object in an event's data. @throws SwitchboardError `upstream_bad_response` when it is none. */
export function eventObject(event: SseEvent): WireObject {
  return requireObject(parseJson(event.data));
}

/** The error for a stream that stopped before its answer was whole. */
export function truncatedStream(): SwitchboardError {
  return new SwitchboardError('upstream_bad_response', 'The provider ended the stream before it finished the answer.');
}

function requireObject(value: unknown): WireObject {
  if (isWireObject(value)) return value;
  throw new SwitchboardError(
    'upstream_bad_response',
    'The provider answered with something that is not a JSON object.',
  );
}
