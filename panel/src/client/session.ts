import { request } from './request';

export interface SessionUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: 'admin' | 'superadmin';
  readonly twoFactorEnabled?: boolean;
}

interface SessionAnswer {
  readonly user: SessionUser;
  readonly session: { readonly id: string; readonly token?: string; readonly expiresAt: string };
}

/** One place where this person is signed in. */
export interface SessionPlace {
  readonly id: string;
  readonly token: string;
  readonly ipAddress?: string | null;
  readonly userAgent?: string | null;
  readonly createdAt: string;
  readonly updatedAt?: string;
}

export const readSession = (signal?: AbortSignal) =>
  request<SessionAnswer | null>('GET', 'api/auth/get-session', { signal });
export const signIn = (body: { email: string; password: string }) =>
  request<{ twoFactorRedirect?: boolean }>('POST', 'api/auth/sign-in/email', { body });
export const signOut = () => request<unknown>('POST', 'api/auth/sign-out', { body: {} });
export const verifyTotp = (code: string) =>
  request<unknown>('POST', 'api/auth/two-factor/verify-totp', { body: { code } });
export const changePassword = (body: { currentPassword: string; newPassword: string; revokeOtherSessions: boolean }) =>
  request<unknown>('POST', 'api/auth/change-password', { body });
export const renameMe = (name: string) => request<unknown>('POST', 'api/auth/update-user', { body: { name } });
export const listSessions = (signal?: AbortSignal) =>
  request<readonly SessionPlace[]>('GET', 'api/auth/list-sessions', { signal });
export const revokeSession = (token: string) =>
  request<unknown>('POST', 'api/auth/revoke-session', { body: { token } });
export const revokeOtherSessions = () => request<unknown>('POST', 'api/auth/revoke-other-sessions', { body: {} });
export const enableTwoFactor = (password: string) =>
  request<{ totpURI: string; backupCodes: readonly string[] }>('POST', 'api/auth/two-factor/enable', {
    body: { password },
  });
export const disableTwoFactor = (password: string) =>
  request<unknown>('POST', 'api/auth/two-factor/disable', { body: { password } });
