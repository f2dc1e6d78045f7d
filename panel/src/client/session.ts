import { request, segment } from './request';
import type { List } from './types';

export interface SessionUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: 'admin' | 'superadmin';
  readonly twoFactorEnabled?: boolean;
}

interface SessionAnswer {
  readonly user: SessionUser;
  readonly session: { readonly id: string; readonly expiresAt: string };
}

/** One browser in which this person is signed in. */
export interface SessionPlace {
  readonly id: string;
  readonly is_current: boolean;
  readonly ip_address: string | null;
  readonly user_agent: string | null;
  readonly created_at: string;
  readonly expires_at: string;
}

export const readSession = (signal?: AbortSignal) =>
  request<SessionAnswer | null>('GET', 'api/auth/get-session', { signal });
export const signIn = (body: { email: string; password: string }) =>
  request<{ twoFactorRedirect?: boolean }>('POST', 'api/auth/sign-in/email', { body });
export const signOut = () => request<unknown>('POST', 'api/auth/sign-out', { body: {} });
export const verifyTotp = (code: string) =>
  request<unknown>('POST', 'api/auth/two-factor/verify-totp', { body: { code } });
export const verifyBackupCode = (code: string) =>
  request<unknown>('POST', 'api/auth/two-factor/verify-backup-code', { body: { code } });
/** Ends every other session; this browser gets a new cookie. */
export const changePassword = (body: { current_password: string; new_password: string }) =>
  request<unknown>('PATCH', 'api/admin/me', { body });
export const renameMe = (name: string) => request<unknown>('PATCH', 'api/admin/me', { body: { name } });
export const listSessions = (signal?: AbortSignal) =>
  request<List<SessionPlace>>('GET', 'api/admin/me/sessions', { signal });
export const endSession = (id: string) => request<void>('DELETE', `api/admin/me/sessions/${segment(id)}`);
export const endOtherSessions = () => request<void>('DELETE', 'api/admin/me/sessions');
export const enableTwoFactor = (password: string) =>
  request<{ totpURI: string; backupCodes: readonly string[] }>('POST', 'api/auth/two-factor/enable', {
    body: { password },
  });
export const disableTwoFactor = (password: string) =>
  request<unknown>('POST', 'api/auth/two-factor/disable', { body: { password } });
