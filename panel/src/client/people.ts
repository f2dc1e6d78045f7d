import { request, segment } from './request';
import type { List } from './types';

export type Role = 'admin' | 'superadmin';

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly is_suspended: boolean;
  readonly suspended_at: string | null;
  readonly two_factor_enabled: boolean;
  readonly created_at: string;
}

export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly password?: string;
}

export interface NewPersonAnswer {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** Only when it was generated, and only now. */
  readonly password?: string;
}

export const listPeople = (signal?: AbortSignal) => request<List<Person>>('GET', 'api/admin/admins', { signal });
/** The password is in the answer once, when the server made it. */
export const createPerson = (body: NewPerson) => request<NewPersonAnswer>('POST', 'api/admin/admins', { body });
export const updatePerson = (id: string, body: { role?: Role; is_suspended?: boolean; name?: string }) =>
  request<Person>('PATCH', `api/admin/admins/${segment(id)}`, { body });
/** A new password made by the server; sessions and tokens of the person end. */
export const resetPassword = (id: string, removeTwoFactor: boolean) =>
  request<NewPersonAnswer>('POST', `api/admin/admins/${segment(id)}/reset-password`, {
    body: { remove_two_factor: removeTwoFactor },
  });
