import { SwitchboardError } from '../../core/errors/index.js';
import { errorInside, errorOfRefusal, type ProviderStrategy, readRefusal } from '../../providers/index.js';
import type { GenerationTarget } from '../generation-target.js';
import type { Receiver, UpstreamExchange, UpstreamHeaders } from './upstream-exchange.js';

/** Of an answer that is gathered before it goes on; pictures come as base64. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_BYTES_OF_REFUSAL = 64 * 1024;
const NO_STRATEGY: ProviderStrategy = {};

/** Gathers a whole body and hands it over. */
export class Gatherer implements Receiver {
  private readonly chunks: Buffer[] = [];
  private size = 0;

  constructor(
    private readonly exchange: UpstreamExchange,
    private readonly done: (bytes: Buffer) => void,
    private readonly failed: (error: Error) => void,
    private readonly most: number = MOST_BYTES,
  ) {}

  data(chunk: Buffer): void {
    this.exchange.progress();
    this.chunks.push(chunk);
    this.size += chunk.length;
    if (this.size > this.most)
      this.exchange.abort(new SwitchboardError('upstream_bad_response', 'The provider’s answer is too large.'));
  }

  end(): void {
    this.exchange.told();
    this.done(this.chunks.length === 1 ? (this.chunks[0] as Buffer) : Buffer.concat(this.chunks));
  }

  fail(error: Error): void {
    this.failed(error);
  }
}

/** Gathers what an upstream says with a status that is not 2xx, and fails with what it means. */
export function refusalReceiver(
  target: GenerationTarget,
  status: number,
  headers: UpstreamHeaders,
  failed: (error: Error) => void,
): Receiver {
  const { provider, key } = target;
  const chunks: Buffer[] = [];
  let size = 0;
  const tell = (): void => {
    const bodiless = status === 204 || status === 205 || status === 304;
    const response = new Response(bodiless ? null : Buffer.concat(chunks).subarray(0, MOST_BYTES_OF_REFUSAL), {
      status: status > 599 ? 502 : status,
      headers: standardHeaders(headers),
    });
    readRefusal(response, key.secret)
      .then((refusal) => failed(errorOfRefusal(refusal, provider.strategy ?? NO_STRATEGY, provider.slug)))
      .catch(failed);
  };
  return {
    data: (chunk) => {
      if (size < MOST_BYTES_OF_REFUSAL) chunks.push(chunk);
      size += chunk.length;
    },
    end: tell,
    // A refusal is a refusal even when its explanation got lost.
    fail: tell,
  };
}

/**
 * The JSON of an answer of 200, by content and not by label.
 * @throws SwitchboardError `upstream_bad_response`, or what an error inside it means
 */
export function jsonOf({ provider, key }: GenerationTarget, bytes: Buffer): Readonly<Record<string, unknown>> {
  const json = parsed(bytes);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    const what =
      bytes.length === 0 ? 'with nothing' : bytes[0] === 0x3c ? 'with a web page' : 'with something that is no answer';
    throw new SwitchboardError('upstream_bad_response', `${provider.slug} answered ${what}.`);
  }
  const fields = json as Readonly<Record<string, unknown>>;
  if (fields.error !== undefined && fields.error !== null && fields.error !== '' && fields.error !== false)
    throw errorInside(json, provider.strategy ?? NO_STRATEGY, provider.slug, key.secret);
  return fields;
}

/** The error that a stream event told. */
export function errorOfEvent({ provider, key }: GenerationTarget, event: object): SwitchboardError {
  return errorInside(event, provider.strategy ?? NO_STRATEGY, provider.slug, key.secret);
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return undefined;
  }
}

function standardHeaders(headers: UpstreamHeaders): Headers {
  const standard = new Headers();
  for (const name of ['retry-after', 'retry-after-ms', 'content-type']) {
    const value = headers[name];
    if (typeof value === 'string') standard.set(name, value);
  }
  return standard;
}
