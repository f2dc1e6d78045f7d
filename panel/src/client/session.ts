import {
  meEndOtherSessions,
  meEndSession,
  meSessions,
  meUpdate,
  type MySessionView,
  signInGetSession,
  signInSignInByPassword,
  signInSignOut,
  twoFactorDisable,
  twoFactorEnable,
  twoFactorVerifyBackupCode,
  twoFactorVerifyTotp,
  type UpdateMeBody,
} from '../api';
import { stoppable } from './transport';

export interface SessionUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: 'admin' | 'superadmin';
  readonly twoFactorEnabled: boolean;
}

/** One browser in which this person is signed in. */
export type SessionPlace = MySessionView;

/** Who is signed in; null for nobody. */
export const readSession = (signal?: AbortSignal) => signInGetSession(stoppable(signal));
export const signIn = (body: { email: string; password: string }) => signInSignInByPassword({ body });
export const signOut = () => signInSignOut();
export const verifyTotp = (code: string) => twoFactorVerifyTotp({ body: { code } });
export const verifyBackupCode = (code: string) => twoFactorVerifyBackupCode({ body: { code } });
/** Ends every other session; this browser gets a new cookie. */
export const changePassword = (body: Required<Pick<UpdateMeBody, 'current_password' | 'new_password'>>) =>
  meUpdate({ body });
export const renameMe = (name: string) => meUpdate({ body: { name } });
export const listSessions = (signal?: AbortSignal) => meSessions(stoppable(signal));
export const endSession = (id: string) => meEndSession({ path: { id } });
export const endOtherSessions = () => meEndOtherSessions();
export const enableTwoFactor = (password: string) => twoFactorEnable({ body: { password } });
export const disableTwoFactor = (password: string) => twoFactorDisable({ body: { password } });
