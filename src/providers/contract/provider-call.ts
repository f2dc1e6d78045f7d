import type { ProviderProfile } from './provider-profile.js';

/**
 * The world, passed in with each call: a strategy keeps nothing of it. `fetch` has the shape of the standard one, so
 * SDKs take it; it refuses private addresses, never follows redirects, enforces the provider's time and size limits,
 * retries nothing, and **throws a `SwitchboardError` for every answer that is not 2xx**, after asking the strategy's
 * `diagnose`. Errors that SDKs wrap are unwrapped by `calling()` (see `dialects/calling.ts`).
 */
export interface ProviderCall {
  readonly provider: ProviderProfile;
  /** Base URL without a trailing slash. */
  readonly baseUrl: string;
  /** Decrypted credential; null for providers that need none. */
  readonly apiKey: string | null;
  readonly fetch: typeof globalThis.fetch;
  /** Aborted when the caller is gone or the time is up; also wired into `fetch`. */
  readonly signal: AbortSignal;
}

/** An upstream answer that is not 2xx, as `diagnose` sees it. */
export interface UpstreamRefusal {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or undefined when the body is not JSON. */
  readonly json: unknown;
  /** At most 2 kB of the body. */
  readonly text: string;
  /** The vendor's message, found by the order that works for all known error shapes; redacted. */
  readonly message: string;
}
