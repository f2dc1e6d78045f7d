import { SwitchboardError } from '../../core/errors/index.js';
import type { ProviderStrategy } from '../contract/index.js';
import { errorOfRefusal } from './diagnose.js';
import { redact } from './redact.js';
import { fieldsOf, messageOf } from './refusal.js';

/**
 * The error that a vendor put inside an answer of 200, plain or as a stream event: read by the status it carries, else
 * `upstream_bad_response`. The strategy's `diagnose` is asked first either way, with status 200 where none is carried.
 */
export function errorInside(
  json: unknown,
  strategy: ProviderStrategy,
  slug: string,
  apiKey: string | null,
): SwitchboardError {
  const text = redact(JSON.stringify(json ?? null), [apiKey]);
  const clean = parsed(text);
  const message = messageOf(clean) ?? '';
  const status = statusInside(clean);
  const refusal = { status: status ?? 200, headers: new Headers(), json: clean, text: text.slice(0, 2048), message };
  if (status !== undefined) return errorOfRefusal(refusal, strategy, slug);
  const said = message === '' ? 'without saying why' : message;
  return (
    strategy.diagnose?.(refusal) ??
    new SwitchboardError('upstream_bad_response', `${slug} reported an error inside its answer: ${said}`)
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A replacement can only spoil what was a key's escape sequence.
    return undefined;
  }
}

function statusInside(json: unknown): number | undefined {
  const body = fieldsOf(json);
  const error = fieldsOf(body.error);
  return [error.status_code, error.code, error.status, body.status_code, body.code, body.status]
    .map(Number)
    .find((status) => Number.isInteger(status) && status >= 400 && status < 600);
}
