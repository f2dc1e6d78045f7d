import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector, Pool } from 'undici';
import type { AddressPolicy } from './address-policy.js';
import { portOf } from './origin.js';

/** One answer of a resolver. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Looks a host name up; all its addresses, in the order to try them. Injectable, so that tests need no DNS. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/** A host or one of its addresses may not be dialled. */
export class AddressRefusedError extends Error {
  readonly code = 'ERR_ADDRESS_REFUSED';
}

/** A host name has no usable answer. */
export class ResolveFailedError extends Error {
  readonly code = 'ERR_RESOLVE_FAILED';
}

export interface GuardedPoolOptions {
  readonly policy: AddressPolicy;
  readonly resolve: Resolve;
  /** Milliseconds for look-up, TCP and TLS together. */
  readonly connectTimeoutMs: number;
  /** Bytes of one response head. */
  readonly maxHeaderBytes: number;
}

const KEEP_ALIVE_MS = 20_000;
const NEXT_ADDRESS_AFTER_MS = 500;

/** The resolver of the operating system. */
export const systemResolve: Resolve = (hostname) => lookup(hostname, { all: true, order: 'verbatim' });

/**
 * A keep-alive pool for one origin that cannot reach a refused address. The literal host and **every** resolved
 * address are checked when a connection is made, and the connection goes to the very addresses that were checked, so
 * a second look-up cannot differ. It speaks HTTP/1.1, verifies TLS whatever the environment says, and knows no proxy.
 */
export function createGuardedPool(origin: string, options: GuardedPoolOptions): Pool {
  const url = new URL(origin);
  const port = portOf(url);
  const connect = buildConnector({
    timeout: options.connectTimeoutMs,
    allowH2: false,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS,
    lookup: guardedLookup(url.hostname, port, options),
    // Explicit, because otherwise NODE_TLS_REJECT_UNAUTHORIZED and --tls-min-v1.0 decide.
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
  });
  return new Pool(url.origin, {
    connect: (target, callback) => {
      // No look-up happens for literals, so the look-up's guard would never see them.
      const refusal = options.policy.refusalOfHost(url.hostname, port);
      if (refusal === null) connect(target, callback);
      else callback(new AddressRefusedError(`Host refused: ${refusal}`), null);
    },
    allowH2: false,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: options.maxHeaderBytes,
  });
}

function guardedLookup(hostname: string, port: number, options: GuardedPoolOptions): LookupFunction {
  return (_name, lookupOptions, callback) => {
    checkedAddresses(hostname, port, options).then(
      (addresses) => {
        const [first] = addresses;
        if (lookupOptions.all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new ResolveFailedError('Look-up failed'), ''),
    );
  };
}

async function checkedAddresses(
  hostname: string,
  port: number,
  { policy, resolve }: GuardedPoolOptions,
): Promise<readonly [ResolvedAddress, ...ResolvedAddress[]]> {
  let answer: readonly ResolvedAddress[];
  try {
    answer = await resolve(hostname);
  } catch (error) {
    throw new ResolveFailedError('The resolver failed', { cause: error });
  }
  const [first, ...others] = answer.map(({ address }) => ({ address, family: isIP(address) }));
  if (first === undefined) throw new ResolveFailedError('The resolver answered without an address');
  for (const { address } of [first, ...others]) {
    const refusal = policy.refusalOfAddress(address, hostname, port);
    if (refusal !== null) throw new AddressRefusedError(`Resolved address refused: ${refusal}`);
  }
  return [first, ...others];
}
