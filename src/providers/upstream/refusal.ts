import type { UpstreamRefusal } from '../contract/index.js';
import { redact } from './redact.js';

const MOST_BYTES = 64 * 1024;
const MOST_TEXT = 2 * 1024;
const MOST_MESSAGE = 500;

/**
 * Reads an answer that is not 2xx: at most 64 kB of it, whatever the vendor sends. Everything in the result is
 * redacted, the parsed JSON too. Never throws: a body that breaks off counts as far as it came.
 */
export async function readRefusal(response: Response, apiKey: string | null): Promise<UpstreamRefusal> {
  const body = redact(await readAtMost(response, MOST_BYTES), [apiKey]);
  const json = parse(body);
  return {
    status: response.status,
    headers: response.headers,
    json,
    text: body.slice(0, MOST_TEXT),
    message: messageOf(json) ?? cut(textOf(body), 200),
  };
}

async function readAtMost(response: Response, most: number): Promise<string> {
  if (response.body === null) return '';
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of response.body as AsyncIterable<Uint8Array>) {
      pieces.push(piece.subarray(0, most - size));
      size += piece.length;
      if (size >= most) break;
    }
  } catch {
    // A refusal is a refusal even when its explanation got lost.
  }
  return new TextDecoder().decode(Buffer.concat(pieces));
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/**
 * The vendor's message in a parsed error body, by the order that fits every known shape: `error.message`, `error` as
 * a string, `message`, `detail` as a string, the first `msg` of a `detail` list. Undefined when none is there.
 */
export function messageOf(json: unknown): string | undefined {
  // Gemini wraps its error in an array when it streams without `alt=sse`.
  const body = fieldsOf(Array.isArray(json) ? json[0] : json);
  const error = fieldsOf(body.error);
  const detail: unknown = Array.isArray(body.detail) ? fieldsOf(body.detail[0]).msg : body.detail;
  const found = [error.message, body.error, body.message, fieldsOf(body.message).message, detail].find(
    (candidate) => typeof candidate === 'string' && candidate.trim() !== '',
  );
  return typeof found === 'string' ? cut(found, MOST_MESSAGE) : undefined;
}

/** The vendor's own error words (`code`, `type`, `status`, `reason`, `error_type`), wherever the body has them. */
export function codesOf(json: unknown): string[] {
  const body = fieldsOf(Array.isArray(json) ? json[0] : json);
  const error = fieldsOf(body.error);
  return [error.code, error.type, error.status, body.code, body.type, body.reason, body.error_type]
    .filter((word): word is string | number => typeof word === 'string' || typeof word === 'number')
    .map(String);
}

/** The value as a record to look into; empty for anything that is none. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function textOf(body: string): string {
  if (!/^\s*</.test(body)) return body;
  return /<title>([^<]{0,200})/i.exec(body)?.[1] ?? '';
}

function cut(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
