import { SwitchboardError } from '../../core/errors/index.js';

/**
 * Runs an SDK call and gives its errors their true names. SDKs wrap what `fetch` throws; here a `SwitchboardError`
 * anywhere in the chain of causes comes out again, an abort comes out as the abort's reason, a missed deadline as
 * `upstream_timeout`, a broken connection as `upstream_unavailable`, and anything else, an answer that the SDK could
 * not read for one, as `upstream_bad_response` with the original as its cause.
 *
 * @param signal the call's signal: when it is aborted, its reason is the error, whatever the SDK made of it
 */
export async function calling<T>(run: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw unwrapped(error, signal);
  }
}

/** The same for an answer that is read piece by piece: errors of the source get their true names. */
export async function* callingEach<T>(source: AsyncIterable<T>, signal?: AbortSignal): AsyncGenerator<T, void, void> {
  try {
    yield* source;
  } catch (error) {
    throw unwrapped(error, signal);
  }
}

function unwrapped(error: unknown, signal: AbortSignal | undefined): unknown {
  const chain = causesOf(error);
  const ours = chain.find((each) => each instanceof SwitchboardError);
  if (ours !== undefined) return ours;
  if (signal?.aborted === true) return abortedBy(signal.reason, error);
  if (chain.some(isTimeout)) return timeout(error);
  const aborted = chain.find((each) => nameOf(each) === 'AbortError');
  if (aborted !== undefined) return aborted;
  if (chain.some(isConnectionTrouble)) {
    return new SwitchboardError('upstream_unavailable', 'The connection to the provider failed.', { cause: error });
  }
  const detail = 'The provider answered with something that could not be read.';
  return new SwitchboardError('upstream_bad_response', detail, { cause: error });
}

function abortedBy(reason: unknown, error: unknown): unknown {
  if (nameOf(reason) === 'TimeoutError') return timeout(error);
  return reason instanceof Error || nameOf(reason) !== undefined ? reason : error;
}

function timeout(cause: unknown): SwitchboardError {
  return new SwitchboardError('upstream_timeout', 'The provider did not answer in time.', { cause });
}

function causesOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  let each = error;
  while (each !== undefined && each !== null && chain.length < 10) {
    chain.push(each);
    each = typeof each === 'object' && 'cause' in each ? each.cause : undefined;
  }
  return chain;
}

function isTimeout(error: unknown): boolean {
  return (
    nameOf(error) === 'TimeoutError' || /^(?:UND_ERR_(?:HEADERS|BODY|CONNECT)_TIMEOUT|ETIMEDOUT)$/.test(codeOf(error))
  );
}

function isConnectionTrouble(error: unknown): boolean {
  // The names under which `fetch` reports a connection that failed, and one that broke in the middle.
  if (error instanceof TypeError && /^(?:fetch failed|terminated)$/.test(error.message)) return true;
  return /^(?:E[A-Z]{3,}|EAI_[A-Z]+|UND_ERR_[A-Z_]+|ERR_TLS_[A-Z_]+|CERT_[A-Z_]+|[A-Z_]*_CERT[A-Z_]*)$/.test(
    codeOf(error),
  );
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}

function nameOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'name' in error && typeof error.name === 'string'
    ? error.name
    : undefined;
}
