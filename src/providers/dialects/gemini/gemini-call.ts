import type { GenerateContentRequest, GenerativeModel } from '@google/generative-ai';
import { SwitchboardError } from '../../../core/errors/index.js';
import type { ProviderCall } from '../../contract/index.js';
import { calling, callingEach } from '../calling.js';
import { objectOf, type WireObject } from '../wire-json.js';
import { EventRelay } from './event-relay.js';
import type { GeminiRequest } from './gemini-wire.js';
import { googleSdk } from './google-sdk.js';

/** One `generateContent` through the SDK. @throws SwitchboardError of `call.fetch`, or `upstream_bad_response`. */
export async function generateContent(call: ProviderCall, model: string, request: GeminiRequest): Promise<WireObject> {
  let failure: unknown;
  const fetch: typeof globalThis.fetch = (input, init) =>
    call.fetch(input, init).catch((error: unknown) => {
      failure = error;
      throw error;
    });
  return calling(async () => {
    try {
      const { response } = await modelOf(call, model, fetch).generateContent(toSdk(request));
      return objectOf(response);
    } catch {
      throw firstOf(failure, notUnderstood());
    }
  }, call.signal);
}

/**
 * The chunks of one `streamGenerateContent`, read at the pace of the caller. Returning early ends the answer upstream.
 * @throws SwitchboardError of `call.fetch`, or `upstream_bad_response`.
 */
export function streamGenerateContent(
  call: ProviderCall,
  model: string,
  request: GeminiRequest,
): AsyncGenerator<WireObject, void, undefined> {
  return callingEach(chunksOf(call, model, request), call.signal);
}

async function* chunksOf(
  call: ProviderCall,
  model: string,
  request: GeminiRequest,
): AsyncGenerator<WireObject, void, undefined> {
  const relay = new EventRelay();
  let failure: unknown;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    try {
      return relay.relay(await call.fetch(input, init));
    } catch (error) {
      failure = error;
      throw error;
    }
  };
  try {
    const result = await modelOf(call, model, fetch).generateContentStream(toSdk(request));
    // The joined answer is of no use to us, but nobody listening to its failure would end the process.
    result.response.catch(() => undefined);
    for await (const chunk of result.stream) {
      yield objectOf(chunk);
      relay.next();
    }
  } catch {
    throw firstOf(failure, relay.failure, notUnderstood());
  } finally {
    await relay.close();
  }
}

function modelOf(call: ProviderCall, model: string, fetch: typeof globalThis.fetch): GenerativeModel {
  const sdk = googleSdk((input, init) => fetch(normalised(input), init));
  const client = new sdk.GoogleGenerativeAI(call.apiKey ?? '');
  const customHeaders = { ...call.provider.config.wire.headers };
  // The SDK puts a version between base URL and path. Our base URL has one already; `.` vanishes from the address.
  return client.getGenerativeModel(
    { model: modelPath(model) },
    { baseUrl: call.baseUrl, apiVersion: '.', customHeaders },
  );
}

function normalised(input: string | URL | Request): string | URL | Request {
  return typeof input === 'string' ? new URL(input).href : input;
}

/** `models/` and one path segment, whatever the id holds. */
export function modelPath(model: string): string {
  return `models/${encodeURIComponent(model.replace(/^models\//, ''))}`;
}

/** The SDK's types lag behind the API; it sends what it gets, and writes into it. */
function toSdk(request: GeminiRequest): GenerateContentRequest {
  return { ...request } as unknown as GenerateContentRequest;
}

/** The SDK wraps errors of `fetch` and of the body in its own, without a cause; what we saw ourselves counts. */
function firstOf(...errors: readonly unknown[]): unknown {
  return errors.find((error) => error !== undefined);
}

function notUnderstood(): SwitchboardError {
  return new SwitchboardError('upstream_bad_response', 'Gemini answered with something that is not its own format.');
}
