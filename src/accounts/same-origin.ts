import { SwitchboardError } from '../core/errors/index.js';
import type { IdentifiableRequest } from '../core/identity/index.js';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a write that another site may have made a signed-in browser send: declared cross-site, from a foreign
 * origin, or with a body type that a plain HTML form can produce. Clients that are no browsers send neither
 * `Sec-Fetch-Site` nor `Origin` and pass.
 * @throws SwitchboardError `forbidden`
 */
export function requireSameOrigin(request: IdentifiableRequest, publicUrl: string | null): void {
  if (READING.has(request.method)) return;
  const { headers } = request;
  if (headers['sec-fetch-site'] === 'cross-site') throw foreign('Sec-Fetch-Site is cross-site');
  if (headers.origin !== undefined && !isOwnOrigin(headers.origin, headers.host, publicUrl))
    throw foreign('Origin is another site');
  if (!isJson(headers['content-type']) && (headers['content-type'] !== undefined || hasBody(request)))
    throw foreign('the body is not application/json');
}

function isOwnOrigin(origin: string, host: string | undefined, publicUrl: string | null): boolean {
  if (publicUrl !== null && origin === new URL(publicUrl).origin) return true;
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}

function isJson(contentType: string | undefined): boolean {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
}

function hasBody({ headers }: IdentifiableRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function foreign(reason: string): SwitchboardError {
  return new SwitchboardError(
    'forbidden',
    `Refused because ${reason}: a browser session may only be used from our own pages. Programs send a token instead.`,
  );
}
