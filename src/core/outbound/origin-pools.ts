import type { Pool } from 'undici';

/** Origins whose pool is kept although no connection is open. */
const KEPT_POOLS = 128;
/**
 * A pool takes new requests for so long; then another takes its place, so that a changed DNS answer is noticed however
 * busy the connections are. undici's own `clientTtl` asks the clock for every connection at every request.
 */
const LIFETIME_MS = 300_000;

interface AgedPool {
  readonly pool: Pool;
  /** Monotonic milliseconds. */
  readonly bornAt: number;
}

/** The connection pools in use, one per origin. */
export class OriginPools {
  readonly #current = new Map<string, AgedPool>();
  /** Given up, while their last requests run. */
  readonly #retired = new Set<Pool>();
  readonly #make: (origin: string) => Pool;
  readonly #now: () => number;

  /** @param now monotonic milliseconds */
  constructor(make: (origin: string) => Pool, now: () => number = () => performance.now()) {
    this.#make = make;
    this.#now = now;
  }

  /** The pool of an origin that has one which is young enough. */
  find(origin: string): Pool | undefined {
    const known = this.#current.get(origin);
    return known !== undefined && this.#now() - known.bornAt < LIFETIME_MS ? known.pool : undefined;
  }

  of(origin: string): Pool {
    const known = this.find(origin);
    if (known !== undefined) return known;
    this.#retire(origin);
    this.#closeIdle();
    const pool = this.#make(origin);
    this.#current.set(origin, { pool, bornAt: this.#now() });
    return pool;
  }

  /** Closes every connection at once. */
  async destroy(): Promise<void> {
    const pools = [...this.#retired, ...[...this.#current.values()].map(({ pool }) => pool)];
    this.#current.clear();
    await Promise.all(pools.map((pool) => pool.destroy()));
  }

  /** Its connections close as their requests end. */
  #retire(origin: string): void {
    const old = this.#current.get(origin)?.pool;
    if (old === undefined) return;
    this.#current.delete(origin);
    this.#retired.add(old);
    void old.close().finally(() => this.#retired.delete(old));
  }

  #closeIdle(): void {
    if (this.#current.size < KEPT_POOLS) return;
    for (const [origin, { pool }] of this.#current) {
      const { connected, pending, running, queued } = pool.stats;
      if (connected + pending + running + queued === 0) this.#retire(origin);
    }
  }
}
