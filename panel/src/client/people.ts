import {
  adminsCreate,
  adminsList,
  adminsResetPassword,
  adminsUpdate,
  type AdminView,
  type CreateAdminBody,
  type UpdateAdminBody,
} from '../api';
import { stoppable } from './transport';

export type Person = AdminView;
export type NewPerson = CreateAdminBody;
export type Role = Person['role'];

export const listPeople = (signal?: AbortSignal) => adminsList(stoppable(signal));
/** The password is in the answer once, when the server made it. */
export const createPerson = (body: NewPerson) => adminsCreate({ body });
export const updatePerson = (id: string, body: UpdateAdminBody) => adminsUpdate({ path: { id }, body });
/** A new password made by the server; sessions and tokens of the person end. */
export const resetPassword = (id: string, removeTwoFactor: boolean) =>
  adminsResetPassword({ path: { id }, body: { remove_two_factor: removeTwoFactor } });
