import { SwitchboardError } from '../../../core/errors/index.js';
import type { ProviderCall, ProviderStrategy } from '../../contract/index.js';
import { errorInside, fieldsOf } from '../../upstream/index.js';

/** What reading an answer needs to know to complain about it. */
export interface Reading {
  readonly call: ProviderCall;
  readonly strategy: ProviderStrategy;
}

/**
 * JSON by content, whatever its label says; blank lines before it are fine.
 *
 * @throws SwitchboardError `upstream_bad_response` for HTML, nothing and everything else that is not JSON; the inner
 * error's own code where the JSON is an error.
 */
export function parseAnswer(reading: Reading, text: string): unknown {
  const json = parsed(reading, text);
  if (holdsError(json)) throw insideOf(reading, json);
  return json;
}

function parsed({ call }: Reading, text: string): unknown {
  const { slug } = call.provider;
  if (text.trim() === '') throw new SwitchboardError('upstream_bad_response', `${slug} sent an empty answer.`);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (cause) {
    const kind = /^\s*</.test(text) ? 'a web page' : 'something that is not JSON';
    throw new SwitchboardError('upstream_bad_response', `${slug} answered with ${kind}.`, { cause });
  }
}

/** True for an object whose `error` says something. */
export function holdsError(json: unknown): boolean {
  const { error } = fieldsOf(json);
  return error !== undefined && error !== null && error !== '' && error !== false;
}

/** The error inside a 200 as ours. */
export function insideOf({ call, strategy }: Reading, json: unknown): SwitchboardError {
  return errorInside(json, strategy, call.provider.slug, call.apiKey);
}

/** `upstream_bad_response` about this provider. */
export function nonsense({ call }: Reading, what: string): SwitchboardError {
  return new SwitchboardError('upstream_bad_response', `${call.provider.slug} ${what}`);
}
