import { SwitchboardError } from '../core/errors/index.js';
import type { IdentifiableRequest } from '../core/identity/index.js';

const KEY_HEADERS = ['x-api-key', 'api-key'] as const;
const KEY_PARAMETERS = ['key', 'api_key', 'api-key', 'apikey', 'access_token', 'token'];

/**
 * The token of a request: `Authorization: Bearer`, `x-api-key` or `api-key`, which mean the same. Null when none came.
 * @throws SwitchboardError `validation_failed` when two differ or one lies in the query, where logs would keep it
 */
export function presentedToken({ headers, url }: IdentifiableRequest): string | null {
  refuseQueryKeys(url);
  const bearer = /^bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? '')?.[1];
  const candidates = [bearer, ...KEY_HEADERS.map((name) => headers[name])].flat();
  const tokens = new Set(candidates.filter((token) => token !== undefined && token !== ''));
  if (tokens.size > 1)
    throw new SwitchboardError('validation_failed', 'Two different credentials came with this request. Send one.');
  const [token] = tokens;
  return token ?? null;
}

function refuseQueryKeys(url: string): void {
  const start = url.indexOf('?');
  if (start === -1) return;
  const names = new URLSearchParams(url.slice(start + 1)).keys();
  for (const name of names)
    if (KEY_PARAMETERS.includes(name.toLowerCase()))
      throw new SwitchboardError(
        'validation_failed',
        'Credentials in the query are refused, because logs keep them. Send "Authorization: Bearer <token>".',
      );
}
