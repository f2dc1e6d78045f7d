import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type {
  ProviderCall,
  ProviderConfig,
  ProviderStrategy,
  WireProfile,
} from '../../src/providers/contract/index.js';
import { defaultWire } from '../../src/providers/provider-file/index.js';
import { strategyFetch } from '../../src/providers/upstream/index.js';

/** One recorded exchange with a vendor. */
export interface Recording {
  readonly file: string;
  readonly provider: string;
  /** `chat`, `chat-stream-tools`, `error-401`, … */
  readonly kind: string;
  readonly model: string | null;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The request's JSON, long strings shortened. */
  readonly request: Readonly<Record<string, unknown>> | null;
  readonly body: Buffer;
}

const FACTS = new URL('../../../shared/facts/data/', import.meta.url);

/** The recordings of the named providers (all without names); null where they are not on this machine. */
export function loadRecordings(...providers: string[]): Recording[] | null {
  const index = new URL('recordings/index.json', FACTS);
  if (!existsSync(fileURLToPath(index))) return null;
  const rows = JSON.parse(readFileSync(index, 'utf8')) as Omit<Recording, 'body'>[];
  return rows
    .filter(({ provider }) => providers.length === 0 || providers.includes(provider))
    .map((row) => ({ ...row, body: readFileSync(new URL(`recordings/${row.file}`, FACTS)) }));
}

/** A JSON file beside the recordings (`openrouter-models.json`); null where it is not on this machine. */
export function loadFacts(name: string): unknown {
  const file = new URL(name, FACTS);
  return existsSync(fileURLToPath(file)) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

export interface ReplayOptions {
  /** Byte positions where the body is cut into pieces. @default every 1000 bytes */
  readonly splitAt?: readonly number[];
  /** Sees what the strategy sent. */
  readonly onRequest?: (request: Request) => void;
}

/** A `fetch` that answers everything with the recording, streamed in pieces. */
export function replay(
  recording: Pick<Recording, 'status' | 'headers' | 'body'>,
  options: ReplayOptions = {},
): typeof globalThis.fetch {
  return async (input, init) => {
    options.onRequest?.(new Request(input, init));
    const headers = new Headers(recording.headers);
    headers.delete('content-encoding');
    headers.delete('content-length');
    return new Response(streamOf(recording.body, options.splitAt), { status: recording.status, headers });
  };
}

function streamOf(body: Buffer, splitAt: readonly number[] | undefined): ReadableStream<Uint8Array> {
  const regular = Array.from({ length: Math.floor(body.length / 1000) }, (_, index) => (index + 1) * 1000);
  const cuts = [...(splitAt ?? regular), body.length].sort((a, b) => a - b);
  let start = 0;
  return new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const end = cuts.shift();
      if (end === undefined) return controller.close();
      if (end > start) controller.enqueue(new Uint8Array(body.subarray(start, end)));
      else controller.enqueue(new Uint8Array());
      start = Math.max(start, end);
    },
  });
}

/** OpenAI's own behaviour: the profile of a row that declares nothing. */
export const DEFAULT_WIRE: WireProfile = defaultWire;

export interface CallOptions {
  readonly slug?: string;
  readonly baseUrl?: string;
  readonly apiKey?: string | null;
  readonly wire?: Partial<WireProfile>;
  readonly config?: Partial<ProviderConfig>;
  readonly signal?: AbortSignal;
}

/** A call to `strategy` over any `fetch`, with production's rule that an answer other than 2xx is thrown. */
export function callOver(
  fetch: typeof globalThis.fetch,
  strategy: ProviderStrategy,
  options: CallOptions = {},
): ProviderCall {
  const slug = options.slug ?? 'acme';
  const baseUrl = options.baseUrl ?? 'https://upstream.test/v1';
  const apiKey = options.apiKey === undefined ? 'test-credential' : options.apiKey;
  const config: ProviderConfig = {
    supportsStreaming: true,
    maxRetry: 0,
    timeout: 30,
    catalogBaseUrl: null,
    ...options.config,
    wire: { ...DEFAULT_WIRE, ...options.wire },
  };
  return {
    provider: { slug, name: slug, apiBaseUrl: baseUrl, capabilities: {}, config },
    baseUrl,
    apiKey,
    fetch: strategyFetch(fetch, strategy, { slug }, apiKey),
    signal: options.signal ?? new AbortController().signal,
  };
}

/** A call to `strategy` that meets the recording. */
export function replayCall(
  recording: Recording,
  strategy: ProviderStrategy,
  options: ReplayOptions & CallOptions = {},
): ProviderCall {
  return callOver(replay(recording, options), strategy, { slug: recording.provider, ...options });
}
