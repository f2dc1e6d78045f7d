import { SwitchboardError } from '../core/errors/index.js';
import type { IdentifiableRequest } from '../core/identity/index.js';

const KEY_PARAMETERS = ['key', 'api_key', 'api-key', 'apikey', 'access_token', 'token'];

/**
 * The token of a request: `Authorization: Bearer`, `x-api-key` or `api-key`, which mean the same. Null when none came.
 * @throws SwitchboardError `validation_failed` when two differ or one lies in the query, where logs would keep it
 */
export function presentedToken({ headers, url }: IdentifiableRequest): string | null {
  refuseQueryKeys(url);
  const bearer = /^bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? '')?.[1];
  return only(only(bearer, headers['x-api-key']), headers['api-key']) ?? null;
}

/** The one of two that came. @throws SwitchboardError when both did, and differ */
function only(one: string | undefined, other: string | string[] | undefined): string | undefined {
  if (other === undefined || other === '' || other === one) return one;
  if (one === undefined && typeof other === 'string') return other;
  throw new SwitchboardError('validation_failed', 'Two different credentials came with this request. Send one.');
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
