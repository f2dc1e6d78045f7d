import { request } from './request';
import type { List } from './types';

export interface AuditEvent {
  readonly id: string;
  readonly at: string;
  readonly actor: string | { readonly id: string; readonly name?: string | null } | null;
  readonly actor_name?: string | null;
  readonly action: string;
  readonly target: string | null;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly ip?: string | null;
}

export const listAudit = (cursor: string | null, signal?: AbortSignal) =>
  request<List<AuditEvent>>('GET', 'api/admin/audit', { query: { cursor, limit: 50 }, signal });
