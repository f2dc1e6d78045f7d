import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Dispatcher, Pool } from 'undici';
import { SwitchboardError } from '../errors/index.js';
import { AddressPolicy } from './address-policy.js';
import { parseAllowList } from './allow-list.js';
import { createGuardedPool, type Resolve, systemResolve } from './guarded-agent.js';
import { type BaseUrl, parseBaseUrl, targetProblem } from './origin.js';
import { OriginPools } from './origin-pools.js';
import { type CallLimits, sendRequest } from './outbound-exchange.js';
import { shuttingDown } from './outbound-failure.js';
import { toOutboundRequest } from './outbound-request.js';

/** Injection token of {@link OutboundOptions}. */
export const OUTBOUND_OPTIONS = Symbol('OUTBOUND_OPTIONS');

export interface OutboundOptions {
  /** `host:port` entries whose private addresses and plain http are allowed; metadata addresses stay refused. */
  readonly allowPrivateUpstreams: readonly string[];
  /** @default the resolver of the operating system */
  readonly resolve?: Resolve;
  /** Milliseconds for look-up, TCP and TLS together. @default 5000 */
  readonly connectTimeoutMs?: number;
  /** Bytes of one response head. @default 16384 */
  readonly maxHeaderBytes?: number;
}

/**
 * The only way out of the process. Refuses addresses that may not be called, keeps one connection pool per origin,
 * follows no redirect, uses no proxy, sends only the headers it is given, retries nothing.
 */
@Injectable()
export class OutboundHttp implements OnApplicationShutdown {
  /** Which hosts may be called; for judging a URL before it is stored. */
  readonly policy: AddressPolicy;
  readonly #pools: OriginPools;
  #isShutDown = false;

  /** @throws {AllowListError} when an entry of the allow list is not `host:port` */
  constructor(@Inject(OUTBOUND_OPTIONS) options: OutboundOptions) {
    const { resolve = systemResolve, connectTimeoutMs = 5_000, maxHeaderBytes = 16_384 } = options;
    this.policy = new AddressPolicy(parseAllowList(options.allowPrivateUpstreams));
    this.#pools = new OriginPools((origin) =>
      createGuardedPool(origin, { policy: this.policy, resolve, connectTimeoutMs, maxHeaderBytes }),
    );
  }

  /** See `parseBaseUrl`. */
  parseBaseUrl(text: string, field?: string): BaseUrl {
    return parseBaseUrl(text, this.policy, field);
  }

  /**
   * A `fetch` of standard shape, held to these limits. Every status is returned as it is, 3xx too. Decompressed
   * answers lose `content-encoding` and `content-length`. It and the bodies it returns reject with an `AbortError`
   * when a signal fires or the body is cancelled, else with a `SwitchboardError`:
   * `url_not_allowed` (target or resolved address), `upstream_unavailable` (see `connectionFailureOf`),
   * `upstream_timeout` (first byte, idle, total), `upstream_bad_response` (not HTTP, truncated, too large),
   * `validation_failed` (headers HTTP cannot carry), `service_unavailable` (after shutdown).
   */
  fetchFor(limits: CallLimits): typeof globalThis.fetch {
    return async (input, init = {}) => {
      const request = await toOutboundRequest(input, init);
      return sendRequest(this.#poolOf(request.url), request, limits);
    };
  }

  /**
   * The guarded pool of an origin, for callers that dispatch themselves; they keep the time and count the bytes. Ask
   * for it at each call: pools that lie idle are closed.
   * @throws {SwitchboardError} `url_not_allowed`
   */
  poolFor(origin: string): Dispatcher {
    // Judged when it was made, and the policy never changes.
    const known = this.#pools.find(origin);
    if (known !== undefined) return known;
    const url = URL.parse(origin);
    if (url === null) throw new SwitchboardError('url_not_allowed', 'The origin to call is not a URL.');
    return this.#poolOf(url);
  }

  /** Closes every connection at once; the application has drained before. */
  async onApplicationShutdown(): Promise<void> {
    this.#isShutDown = true;
    await this.#pools.destroy();
  }

  #poolOf(url: URL): Pool {
    if (this.#isShutDown) throw shuttingDown();
    const problem = targetProblem(url, this.policy);
    if (problem !== null) throw new SwitchboardError('url_not_allowed', problem);
    return this.#pools.of(url.origin);
  }
}
