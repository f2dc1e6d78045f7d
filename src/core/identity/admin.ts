import type { IncomingHttpHeaders } from 'node:http';

export type Role = 'admin' | 'superadmin';

/** What a token may do: call models, read, or change things as far as its maker may. */
export type Scope = 'generate' | 'read' | 'manage';

/** The token with which a request came, if it came with one. */
export interface PresentedToken {
  readonly id: string;
  readonly scopes: readonly Scope[];
  /** Capabilities it may generate with. Absent: all. */
  readonly capabilities?: readonly string[];
  /** Slugs of the providers it may generate with. Absent: all. */
  readonly providers?: readonly string[];
  /** Requests per calendar month (UTC) that may be made with it. Absent: no limit of its own. */
  readonly monthlyLimit?: number;
  /** USD per calendar month (UTC), a decimal string. Absent: no budget of its own. */
  readonly monthlyBudgetUsd?: string;
  /** Calls to models that may run with it at once. Absent: no bound of its own. */
  readonly maxConcurrent?: number;
}

/** Who is asking. */
export interface Admin {
  /** Stable id of the person; the owner of personal keys and selections. */
  readonly id: string;
  readonly role: Role;
  readonly name?: string;
  /** Absent for people who signed in: they may do all that their role may. */
  readonly token?: PresentedToken;
  /** The request by which the admin came, for the audit; set by the guard. */
  readonly via?: { readonly ip: string | null; readonly requestId: string };
}

/** What the resolver sees of a request, whatever the HTTP framework. */
export interface IdentifiableRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * The identity port: a host application answers here who is asking. Return null for "nobody"; throw a
 * `SwitchboardError` to refuse with a reason (a suspended account, a revoked token).
 */
export interface AdminResolver {
  resolve(request: IdentifiableRequest): Promise<Admin | null>;
  /** The same without waiting, for the hot path; undefined when that cannot be told without waiting. */
  resolveNow?(request: IdentifiableRequest): Admin | null | undefined;
}

/** Injection token of the `AdminResolver` in use. */
export const ADMIN_RESOLVER = Symbol('switchboard admin resolver');
