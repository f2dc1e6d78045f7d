import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { IncomingHttpHeaders } from 'node:http';
import { type ErrorCode, SwitchboardError } from '../../core/errors/index.js';
import type { HttpRequest } from '../../core/http/index.js';
import { type Auth, AUTH, PEER_HEADER } from './auth.factory.js';
import { CallNotes } from './call-notes.js';

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'validation_failed',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  429: 'rate_limited',
};

/** A route of better-auth, below its base path. */
export type AuthRoute = `${'GET' | 'POST'} /${string}`;

/** Who is signed in by the cookies of a request. */
export type SignedIn = NonNullable<Awaited<ReturnType<Auth['api']['getSession']>>>;

/**
 * Speaks to better-auth in web `Request`s, whatever the HTTP framework. Of the caller's headers only cookies and user
 * agent go along. Cookies it sets go onto the reply; its refusals become our problems.
 */
@Injectable()
export class AuthGateway {
  constructor(
    @Inject(AUTH) private readonly auth: Auth,
    private readonly adapterHost: HttpAdapterHost,
    private readonly notes: CallNotes,
  ) {}

  /** @throws SwitchboardError with better-auth's reason when it refuses; `service_unavailable` without a database */
  async call(
    request: HttpRequest,
    reply: object,
    route: AuthRoute,
    body: object = {},
  ): Promise<Record<string, unknown> | null> {
    const [method, path] = route.split(' ') as [string, string];
    const headers = ownHeaders(request.headers);
    headers.set(PEER_HEADER, peerOf(request));
    if (method === 'POST') headers.set('content-type', 'application/json');
    const asked = new Request(new URL(`/api/auth${path}`, this.auth.options.baseURL), {
      method,
      headers,
      ...(method === 'POST' && { body: JSON.stringify(body) }),
    });
    const { result: answer, notes } = await this.notes.take(() => this.auth.handler(asked));
    // better-auth makes a 500, or nobody, of a lost database.
    if (notes.outage !== undefined) throw sessionsOutage(notes.outage);
    const adapter = this.adapterHost.httpAdapter;
    for (const cookie of answer.headers.getSetCookie()) this.setCookie(reply, cookie);
    adapter.setHeader(reply, 'cache-control', 'no-store');
    const text = await answer.text();
    if (!answer.ok) throw refusalOf(answer.status, text);
    return text === '' ? null : (JSON.parse(text) as Record<string, unknown> | null);
  }

  /** Adds a `Set-Cookie` to the reply. */
  setCookie(reply: object, cookie: string): void {
    this.adapterHost.httpAdapter.appendHeader?.(reply, 'set-cookie', cookie);
  }

  /** For routes that answer JSON as text. */
  setJson(reply: object): void {
    this.adapterHost.httpAdapter.setHeader(reply, 'content-type', 'application/json; charset=utf-8');
  }

  /**
   * Who is signed in by these headers' cookies; null for nobody. Does not prolong the session.
   * @throws SwitchboardError `service_unavailable` when sessions cannot be read
   */
  async signedIn(headers: IncomingHttpHeaders): Promise<SignedIn | null> {
    if (headers.cookie === undefined) return null;
    try {
      return await this.auth.api.getSession({ headers: ownHeaders(headers), query: { disableRefresh: true } });
    } catch (cause) {
      throw sessionsOutage(cause);
    }
  }
}

/** The address of the peer as the HTTP server sees it: forwarded-for headers count only where the server trusts them. */
export function peerOf(request: HttpRequest): string {
  return request.ip ?? request.raw?.socket.remoteAddress ?? 'unknown';
}

function sessionsOutage(cause: unknown): SwitchboardError {
  const detail = 'Sessions cannot be read at the moment. Try again shortly.';
  return new SwitchboardError('service_unavailable', detail, { cause, retryAfterSeconds: 2 });
}

function ownHeaders(given: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const name of ['cookie', 'user-agent'] as const) {
    const value = given[name];
    if (value !== undefined) headers.set(name, value);
  }
  return headers;
}

function refusalOf(status: number, text: string): SwitchboardError {
  const code = CODE_OF_STATUS[status];
  if (code === undefined)
    return new SwitchboardError('internal', 'Signing in failed on our side. The log has the details.', {
      cause: `better-auth answered ${status}`,
    });
  return new SwitchboardError(code, messageIn(text) ?? 'Refused.');
}

function messageIn(text: string): string | undefined {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === 'string' && message !== '' ? message : undefined;
  } catch {
    return undefined;
  }
}
