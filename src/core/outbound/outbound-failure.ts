import { errors } from 'undici';
import { SwitchboardError } from '../errors/index.js';

/** How a connection failed, without an address: `reset` may have reached the provider, the others never did. */
export type ConnectionFailure = 'dns' | 'refused' | 'tls' | 'connect_timeout' | 'reset';

/** The `cause` of a connection's `upstream_unavailable`; its own cause, for the log, is what the system reported. */
export class ConnectionFault extends Error {
  constructor(
    readonly failure: ConnectionFailure,
    cause: unknown,
  ) {
    super(failure, { cause });
    this.name = 'ConnectionFault';
  }
}

/** How the connection of this error failed, or undefined when the error is something else. */
export function connectionFailureOf(error: unknown): ConnectionFailure | undefined {
  const cause = error instanceof SwitchboardError ? error.cause : undefined;
  return cause instanceof ConnectionFault ? cause.failure : undefined;
}

/** `upstream_unavailable` whose message holds nothing but the class of the failure. */
export function unavailable(failure: ConnectionFailure, cause: unknown): SwitchboardError {
  const mayPass = failure !== 'tls';
  return new SwitchboardError('upstream_unavailable', `The connection to the provider failed: ${failure}.`, {
    cause: new ConnectionFault(failure, cause),
    ...(mayPass ? {} : { retry: 'next-provider' }),
  });
}

/** `upstream_bad_response`; `what` completes "The provider's answer …". */
export function badResponse(what: string, cause?: unknown): SwitchboardError {
  return new SwitchboardError('upstream_bad_response', `The provider's answer ${what}.`, { cause });
}

/** `upstream_timeout`; `what` says what did not happen in time. */
export function timedOut(what: string): SwitchboardError {
  return new SwitchboardError('upstream_timeout', what);
}

/** The error `fetch` rejects with when the caller is gone: always named `AbortError`, whatever the signal's reason. */
export function abortError(reason: unknown): Error {
  if (isAbortError(reason)) return reason;
  return new DOMException('The request was aborted by the caller.', { name: 'AbortError', cause: reason });
}

const FAILURE_OF_CODE: Readonly<Record<string, ConnectionFailure>> = {
  ERR_RESOLVE_FAILED: 'dns',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  EADDRNOTAVAIL: 'refused',
  UND_ERR_CONNECT_TIMEOUT: 'connect_timeout',
  ETIMEDOUT: 'connect_timeout',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  EPROTO: 'tls',
  CERT_HAS_EXPIRED: 'tls',
  CERT_NOT_YET_VALID: 'tls',
  CERT_REVOKED: 'tls',
  CERT_UNTRUSTED: 'tls',
  CERT_SIGNATURE_FAILURE: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_GET_ISSUER_CERT: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
};

/**
 * Turns what undici, the sockets and TLS report into an error a caller may see.
 * @param answerStarted whether the response head had arrived: an end before that is a lost connection, after it a
 * truncated answer
 */
export function toOutboundError(error: unknown, answerStarted: boolean): Error {
  if (error instanceof SwitchboardError || isAbortError(error)) return error;
  if (error instanceof errors.HTTPParserError) return badResponse('breaks the rules of HTTP', error);
  const codes = codesOf(error);
  if (codes.includes('ERR_ADDRESS_REFUSED'))
    return new SwitchboardError(
      'url_not_allowed',
      'The host leads to an address that is never called. Use a public host, or have the operator add its host:port ' +
        'to ALLOW_PRIVATE_UPSTREAMS.',
      { cause: error },
    );
  for (const code of codes) {
    const failure = /^ERR_(?:TLS|SSL)_/.test(code) ? 'tls' : FAILURE_OF_CODE[code];
    if (failure !== undefined) return unavailable(answerStarted ? 'reset' : failure, error);
    if (code === 'UND_ERR_SOCKET') {
      if (answerStarted) return badResponse('ended too early', error);
      // undici refuses a 100 and a 101 nobody asked for under the code of a lost connection.
      return isUnasked(error) ? badResponse('is not what was asked for', error) : unavailable('reset', error);
    }
    if (code === 'UND_ERR_HEADERS_OVERFLOW') return badResponse('has a head that is too large', error);
    if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return badResponse('is not complete', error);
    if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') return shuttingDown();
  }
  return new SwitchboardError('internal', 'The request to the provider could not be made.', { cause: error });
}

/** For calls that come after, or are cut off by, the shutdown of the process. */
export function shuttingDown(): SwitchboardError {
  return new SwitchboardError('service_unavailable', 'The server is shutting down. Repeat the request.');
}

function isUnasked(error: unknown): boolean {
  return error instanceof errors.SocketError && /^bad (?:response|upgrade)$/.test(error.message);
}

function isAbortError(error: unknown): error is Error {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError';
}

/** The codes of an error and of what it wraps; of several failed addresses, all of them. */
function codesOf(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 4) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const wrapped: unknown[] = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  const cause = 'cause' in error ? [error.cause] : [];
  return [...own, ...[...wrapped, ...cause].flatMap((nested) => codesOf(nested, depth + 1))];
}
