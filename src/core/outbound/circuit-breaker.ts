import { SwitchboardError } from '../errors/index.js';

export interface CircuitBreakerOptions {
  /** Failures in a row that open the breaker. @default 5 */
  readonly failureThreshold?: number;
  /** Milliseconds within which they have to happen. @default 30000 */
  readonly windowMs?: number;
  /** Milliseconds until a probe is let through; a probe that never reports is given up after as long. @default 15000 */
  readonly openMs?: number;
  /** Keys remembered at most; only keys that failed are. The one that failed first is forgotten. @default 10000 */
  readonly maxKeys?: number;
  /** Monotonic milliseconds. @default performance.now */
  readonly now?: () => number;
}

/** Leave to make one call. Exactly one of its methods is called, once the outcome is known. */
export interface BreakerPermit {
  readonly isProbe: boolean;
  succeed(): void;
  /** The provider failed. What the caller did wrong is a success of the provider. */
  fail(): void;
  /** The call ended without telling anything about the provider, for example because the caller went away. */
  cancel(): void;
}

type BreakerState =
  | { readonly kind: 'closed'; readonly failures: readonly number[] }
  | { readonly kind: 'open'; readonly until: number }
  | { readonly kind: 'probing'; readonly until: number };

/**
 * Keeps calls away from what keeps failing. One breaker per key (a provider and a model): closed until
 * `failureThreshold` failures in a row within `windowMs`, then open for `openMs`, then half-open for a single probe,
 * whose outcome closes or opens it again. Closing needs nobody.
 */
export class CircuitBreaker {
  readonly #failureThreshold: number;
  readonly #windowMs: number;
  readonly #openMs: number;
  readonly #maxKeys: number;
  readonly #now: () => number;
  readonly #states = new Map<string, BreakerState>();

  constructor(options: CircuitBreakerOptions = {}) {
    this.#failureThreshold = options.failureThreshold ?? 5;
    this.#windowMs = options.windowMs ?? 30_000;
    this.#openMs = options.openMs ?? 15_000;
    this.#maxKeys = options.maxKeys ?? 10_000;
    this.#now = options.now ?? (() => performance.now());
  }

  /** Keys that failed and have not recovered. */
  get size(): number {
    return this.#states.size;
  }

  /** Whether a call would be refused now; asking takes no permit. */
  isOpen(key: string): boolean {
    const state = this.#states.get(key);
    return state !== undefined && state.kind !== 'closed' && this.#now() < state.until;
  }

  /**
   * Asks for leave to make one call.
   * @throws {SwitchboardError} `service_unavailable` with `retryAfterSeconds` while the breaker is open or a probe runs
   */
  enter(key: string): BreakerPermit {
    const state = this.#states.get(key);
    if (state === undefined || state.kind === 'closed') return this.#ordinaryPermit(key);
    const remaining = state.until - this.#now();
    if (remaining > 0)
      throw new SwitchboardError('service_unavailable', 'The model failed repeatedly and is being left alone.', {
        retryAfterSeconds: Math.ceil(remaining / 1000),
        retry: 'next-provider',
      });
    return this.#probePermit(key);
  }

  #ordinaryPermit(key: string): BreakerPermit {
    // A call that began before the breaker opened has nothing to say about what came after.
    const isStale = (): boolean => (this.#states.get(key)?.kind ?? 'closed') !== 'closed';
    return {
      isProbe: false,
      succeed: () => void (isStale() || this.#states.delete(key)),
      fail: () => void (isStale() || this.#countFailure(key)),
      cancel: () => undefined,
    };
  }

  #probePermit(key: string): BreakerPermit {
    const probing = { kind: 'probing', until: this.#now() + this.#openMs } as const;
    this.#remember(key, probing);
    const isStale = (): boolean => this.#states.get(key) !== probing;
    return {
      isProbe: true,
      succeed: () => void (isStale() || this.#states.delete(key)),
      fail: () => void (isStale() || this.#open(key, this.#openMs)),
      cancel: () => void (isStale() || this.#open(key, 0)),
    };
  }

  #countFailure(key: string): void {
    const now = this.#now();
    const state = this.#states.get(key);
    const earlier = state?.kind === 'closed' ? state.failures : [];
    const failures = [...earlier.filter((time) => now - time < this.#windowMs), now];
    if (failures.length >= this.#failureThreshold) this.#open(key, this.#openMs);
    else this.#remember(key, { kind: 'closed', failures });
  }

  #open(key: string, milliseconds: number): void {
    this.#remember(key, { kind: 'open', until: this.#now() + milliseconds });
  }

  #remember(key: string, state: BreakerState): void {
    this.#states.set(key, state);
    if (this.#states.size <= this.#maxKeys) return;
    const [oldest] = this.#states.keys();
    if (oldest !== undefined) this.#states.delete(oldest);
  }
}
