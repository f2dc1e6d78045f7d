import { Injectable } from '@nestjs/common';
import { OutboundHttp } from '../core/outbound/index.js';
import type { ProviderCall } from './contract/index.js';
import type { ProviderRecord } from './provider-directory.js';
import { strategyFetch } from './upstream/index.js';

export interface CallOptions {
  readonly signal: AbortSignal;
  /** Milliseconds for the whole call. @default 600000 */
  readonly totalMs?: number;
  /** Milliseconds until the first byte, and between two. @default the provider's `config.timeout` */
  readonly firstByteMs?: number;
  /** Bytes of the decompressed answer. @default 64 MiB */
  readonly maxResponseBytes?: number;
}

const TOTAL_MS = 600_000;
const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

/** Makes the `ProviderCall` with which a strategy meets the world. */
@Injectable()
export class ProviderCaller {
  constructor(private readonly outbound: OutboundHttp) {}

  /** @param secret the decrypted key, null where none is needed */
  callFor(provider: ProviderRecord, secret: string | null, options: CallOptions): ProviderCall {
    const { profile, strategy } = provider;
    const firstByteMs = options.firstByteMs ?? profile.config.timeout * 1000;
    const fetch = this.outbound.fetchFor({
      firstByteMs,
      idleMs: firstByteMs,
      totalMs: options.totalMs ?? TOTAL_MS,
      maxResponseBytes: options.maxResponseBytes ?? MAX_RESPONSE_BYTES,
      signal: options.signal,
    });
    return {
      provider: profile,
      baseUrl: profile.apiBaseUrl.replace(/\/+$/, ''),
      apiKey: secret,
      fetch: strategyFetch(fetch, strategy ?? {}, profile, secret),
      signal: options.signal,
    };
  }
}
