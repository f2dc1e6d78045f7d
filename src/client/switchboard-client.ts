import type { Operations } from './api.generated.js';
import { readEvents, type ServerEvent } from './server-events.js';

/** Where the server is, and as whom to ask it. */
export interface SwitchboardClientOptions {
  /** Origin, and prefix if there is one: `https://ai.example.com`. */
  readonly baseUrl: string;
  /** Token of the switchboard. @default none: the browser's cookie */
  readonly token?: string;
  /** @default the global `fetch` */
  readonly fetch?: typeof fetch;
}

/** An answer that is not 2xx. `code` is stable; see the error table of the API. */
export class SwitchboardClientError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly requestId: string | null,
    readonly body: unknown,
  ) {
    super(message);
    this.name = 'SwitchboardClientError';
  }
}

type Needed<Name extends string, Value> = Value extends undefined
  ? { readonly [N in Name]?: undefined }
  : Record<string, never> extends Value
    ? { readonly [N in Name]?: Value }
    : { readonly [N in Name]: Value };

/** What a call to this operation takes. */
export type CallInput<Name extends keyof Operations> = Needed<'path', Operations[Name]['path']> &
  Needed<'query', Operations[Name]['query']> &
  Needed<'body', Operations[Name]['body']> & { readonly signal?: AbortSignal };

interface AnyInput {
  readonly path?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** A typed client of the REST API: every operation of the OpenAPI document by its method and path. */
export class SwitchboardClient {
  constructor(private readonly options: SwitchboardClientOptions) {}

  /**
   * Calls an operation: `client.call('GET /api/admin/ai-providers/{slug}', { path: { slug: 'openai' } })`.
   * @throws SwitchboardClientError for every answer that is not 2xx
   */
  async call<Name extends keyof Operations>(
    operation: Name,
    input: CallInput<Name>,
  ): Promise<Operations[Name]['answer']> {
    const response = await this.send(operation, input);
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as Operations[Name]['answer'];
  }

  /** The same for operations that stream: send `stream: true` in the body and read the events. */
  async *stream<Name extends keyof Operations>(operation: Name, input: CallInput<Name>): AsyncGenerator<ServerEvent> {
    const response = await this.send(operation, input);
    if (response.body !== null) yield* readEvents(response.body);
  }

  private async send(operation: string, { path, query, body, signal }: AnyInput): Promise<Response> {
    const { baseUrl, token, fetch: ask = fetch } = this.options;
    const [method = 'GET', template = '/'] = operation.split(' ');
    const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path?.[name])));
    const wanted = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null);
    const search = new URLSearchParams(
      wanted.map(([name, value]): [string, string] => [name, String(value)]),
    ).toString();
    const response = await ask(`${baseUrl.replace(/(?<!\/)\/+$/, '')}${filled}${search === '' ? '' : `?${search}`}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal !== undefined && { signal }),
    });
    if (!response.ok) throw await errorOf(response);
    return response;
  }
}

async function errorOf(response: Response): Promise<SwitchboardClientError> {
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Not from the switchboard itself, but from something before it.
  }
  const {
    code,
    detail,
    request_id: requestId,
  } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, string | undefined>;
  const message = detail ?? `The server answered ${response.status}.`;
  return new SwitchboardClientError(response.status, code ?? 'unknown', message, requestId ?? null, body);
}
