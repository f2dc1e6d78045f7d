import { Injectable } from '@nestjs/common';
import { OutboundHttp } from '../../core/outbound/index.js';
import type { ProviderProfile } from '../../providers/index.js';
import type { GenerationTarget } from '../generation-target.js';
import type { Caller } from './caller.js';
import { DeadlineWatch } from './deadline-watch.js';
import { type ExchangeLimits, type Receive, UpstreamExchange } from './upstream-exchange.js';
import { endpointOf, type Operation, type UpstreamEndpoint } from './upstream-endpoint.js';

/** The longest silence in the middle of an answer; a provider whose row promises more haste is held to it. */
const IDLE_MS = 60_000;
const TOTAL_MS = 600_000;
const STALL_MS = 60_000;

/** A request as it goes upstream. */
export interface Forwarded {
  readonly operation: Operation;
  readonly contentType: string;
  readonly bytes: Buffer;
}

interface Remembered {
  readonly secret: string | null;
  readonly endpoint: UpstreamEndpoint;
  readonly limits: ExchangeLimits;
}

/** Sends callers' bytes to upstreams that understand them as they are. */
@Injectable()
export class PassThrough {
  /** Milliseconds; a provider whose row promises more haste than `idleMs` is held to it. */
  readonly bounds = { idleMs: IDLE_MS, totalMs: TOTAL_MS, stallMs: STALL_MS };
  private readonly remembered = new WeakMap<ProviderProfile, Map<Operation, Remembered>>();

  constructor(
    private readonly outbound: OutboundHttp,
    readonly watch: DeadlineWatch,
  ) {}

  /**
   * Sends one request; `receive` takes the answer, `failed` an error before its head. The exchange ends with the caller.
   * @throws SwitchboardError `url_not_allowed`
   */
  send(
    target: GenerationTarget,
    { operation, contentType, bytes }: Forwarded,
    caller: Caller,
    receive: Receive,
    failed: (error: Error) => void,
  ): void {
    const { endpoint, limits } = this.lookUp(target, operation);
    const pool = this.outbound.poolFor(endpoint.origin);
    const exchange = new UpstreamExchange(receive, failed, limits, this.watch, (ms) => caller.waited(ms));
    caller.whenGone((reason) => exchange.abort(reason));
    pool.dispatch(
      {
        path: endpoint.path,
        method: 'POST',
        headers: [...endpoint.headers, 'content-type', contentType],
        body: bytes,
        // The watch keeps the time.
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      exchange,
    );
  }

  private lookUp({ provider: { profile }, key: { secret } }: GenerationTarget, operation: Operation): Remembered {
    const known = this.remembered.get(profile) ?? new Map<Operation, Remembered>();
    this.remembered.set(profile, known);
    const last = known.get(operation);
    if (last?.secret === secret) return last;
    const firstByteMs = profile.config.timeout * 1000;
    const { bounds } = this;
    const limits = { ...bounds, firstByteMs, idleMs: Math.min(bounds.idleMs, firstByteMs) };
    const made = { secret, endpoint: endpointOf(profile, operation, secret), limits };
    known.set(operation, made);
    return made;
  }
}
