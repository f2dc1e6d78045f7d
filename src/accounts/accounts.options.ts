import type { ModuleMetadata } from '@nestjs/common';
import type { Environment } from '../core/config/index.js';

/** What the standalone server was told about its people. */
export interface AccountsOptions {
  /** Modules that provide `Database`, `ChangeFeed`, `Clock` and `SWITCHBOARD_SETTINGS`, unless these are global. */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  /** Credentials of the first superadmin; null: they are generated and can be read once from `FirstSuperadmin`. */
  readonly superadmin: { readonly email: string; readonly password: string } | null;
  /** Static superadmin token for automation. */
  readonly adminToken: string | null;
  /** Origin under which people reach the server; null: whatever host they ask for, over plain HTTP. */
  readonly publicUrl: string | null;
}

/** Injection token of the `AccountsOptions`. */
export const ACCOUNTS_OPTIONS = Symbol('switchboard accounts options');

/** The options that the server's environment asks for. */
export function accountsOptionsOf(environment: Environment): AccountsOptions {
  const { SUPERADMIN_EMAIL: email, SUPERADMIN_PASSWORD: password } = environment;
  return {
    superadmin: email !== undefined && password !== undefined ? { email, password } : null,
    adminToken: environment.ADMIN_TOKEN ?? null,
    publicUrl: environment.PUBLIC_URL ?? null,
  };
}

/** Whether browsers reach the server over TLS, so that cookies can be Secure. */
export function isHttps(options: AccountsOptions): boolean {
  return options.publicUrl?.startsWith('https://') ?? false;
}
