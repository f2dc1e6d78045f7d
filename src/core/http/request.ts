import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { quickId } from '../id/index.js';

/** What Fastify's and Express's requests have in common. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly originalUrl?: string;
  readonly headers: IncomingHttpHeaders;
  readonly ip?: string;
  readonly body?: unknown;
  /** The bytes that came, where the server keeps them. */
  readonly rawBody?: Buffer;
  /** Fastify: Node's own request. */
  readonly raw?: IncomingMessage;
}

/** What Fastify's and Express's responses have in common for us: Node's own response, and a way to take it over. */
export interface HttpReply {
  readonly raw?: ServerResponse;
  hijack?(): unknown;
  getHeaders?(): OutgoingHttpHeaders;
}

const REQUEST_ID = Symbol.for('switchboard.request-id');
const SAFE_ID = /^[A-Za-z0-9._-]{1,128}$/;

/** The id of a request: the caller's `x-request-id` where it is harmless, else a new one; stable for the request. */
export function requestIdOf(request: HttpRequest): string {
  const holder = request as HttpRequest & { [REQUEST_ID]?: string };
  const given = request.headers['x-request-id'];
  return (holder[REQUEST_ID] ??= typeof given === 'string' && SAFE_ID.test(given) ? given : quickId());
}

/** Path and query of a request, without host. */
export function pathOf(request: HttpRequest): string {
  return (request.originalUrl ?? request.url).split('?', 1)[0] ?? '/';
}

/** Node's own response, left to the framework. */
export function nodeResponseOf(reply: HttpReply): ServerResponse {
  return reply.raw ?? (reply as unknown as ServerResponse);
}

/** A response that is ours now, and the headers that hooks of the host set so far, which are still to be sent. */
export interface TakenOver {
  readonly response: ServerResponse;
  readonly headers: OutgoingHttpHeaders;
}

/**
 * Node's own response, taken over from the framework: from here on headers and bytes are ours, and the framework
 * neither serialises nor ends it. Sending all headers in one `writeHead` costs less than setting them one by one.
 */
export function detach(reply: HttpReply): TakenOver {
  if (reply.raw === undefined) return { response: reply as unknown as ServerResponse, headers: {} };
  const headers = reply.getHeaders?.() ?? {};
  reply.hijack?.();
  return { response: reply.raw, headers };
}

/** The same, with the headers set. */
export function takeOver(reply: HttpReply): ServerResponse {
  const { response, headers } = detach(reply);
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !response.hasHeader(name)) response.setHeader(name, value);
  return response;
}
