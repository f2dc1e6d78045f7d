import { request, segment } from './request';
import type { List } from './types';

export const SCOPES = ['generate', 'read', 'manage'] as const;
export type Scope = (typeof SCOPES)[number];

export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly Scope[];
  readonly expires_at: string | null;
  readonly last_used_at?: string | null;
  readonly revoked_at?: string | null;
  readonly created_at?: string | null;
}

export const listTokens = (signal?: AbortSignal) => request<List<ApiToken>>('GET', 'api/admin/tokens', { signal });
/** The token itself is in the answer once and never again. */
export const createToken = (body: { name: string; scopes: readonly Scope[]; expires_at?: string }) =>
  request<ApiToken & { readonly token: string }>('POST', 'api/admin/tokens', { body });
export const revokeToken = (id: string) => request<void>('DELETE', `api/admin/tokens/${segment(id)}`);
