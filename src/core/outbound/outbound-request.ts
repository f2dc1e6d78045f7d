import { SwitchboardError } from '../errors/index.js';

/** A request as it goes to the wire. */
export interface OutboundRequest {
  readonly url: URL;
  readonly method: string;
  /** Names and values in turn. */
  readonly headers: string[];
  readonly body: string | Uint8Array | null;
  readonly signal: AbortSignal | null;
}

/**
 * Headers that are the connection's business or would carry somebody's session; they are dropped. `content-length`
 * is counted from the body.
 */
const NEVER_SENT = [
  'connection',
  'content-length',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
] as const;

/**
 * Normalises the arguments of `fetch`. Texts and bytes, which is what SDKs send, pass as they are; forms, blobs and
 * streams are read into memory first.
 * @throws {SwitchboardError} `validation_failed` for headers that HTTP cannot carry, without quoting them
 */
export async function toOutboundRequest(input: string | URL | Request, init: RequestInit): Promise<OutboundRequest> {
  const body = init.body ?? null;
  const isPlain = body === null || typeof body === 'string' || body instanceof Uint8Array;
  if (!(input instanceof Request) && isPlain)
    return {
      url: parse(String(input)),
      method: (init.method ?? 'GET').toUpperCase(),
      headers: flatten(withoutQuoting(() => new Headers(init.headers))),
      body,
      signal: init.signal ?? null,
    };
  const url = parse(input instanceof Request ? input.url : String(input));
  const request = withoutQuoting(() => new Request(input, { ...init, ...(isPlain ? {} : { duplex: 'half' }) }));
  return {
    url,
    method: request.method,
    headers: flatten(request.headers),
    body: request.body === null ? null : new Uint8Array(await request.arrayBuffer()),
    signal: request.signal,
  };
}

function parse(text: string): URL {
  const url = URL.parse(text);
  if (url === null) throw new SwitchboardError('url_not_allowed', 'The URL to call is not a URL.');
  return url;
}

/** `Headers` quotes the value it dislikes in its error, and that value may be a key. */
function withoutQuoting<Result>(build: () => Result): Result {
  try {
    return build();
  } catch {
    throw new SwitchboardError(
      'validation_failed',
      'A header holds characters that HTTP cannot carry. If it is the API key, enter it again without line breaks.',
    );
  }
}

function flatten(headers: Headers): string[] {
  for (const name of NEVER_SENT) headers.delete(name);
  return [...headers].flat();
}
