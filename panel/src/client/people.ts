import { request, segment } from './request';
import type { List } from './types';

export type Role = 'admin' | 'superadmin';

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly suspended_at?: string | null;
  readonly is_suspended?: boolean;
  readonly last_sign_in_at?: string | null;
  readonly created_at?: string | null;
}

export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly password?: string;
}

export const listPeople = (signal?: AbortSignal) => request<List<Person>>('GET', 'api/admin/admins', { signal });
/** The password is in the answer once, when the server made it. */
export const createPerson = (body: NewPerson) =>
  request<Person & { readonly password?: string }>('POST', 'api/admin/admins', { body });
export const updatePerson = (
  id: string,
  body: { role?: Role; suspended?: boolean; name?: string; password?: string },
) => request<Person>('PATCH', `api/admin/admins/${segment(id)}`, { body });
