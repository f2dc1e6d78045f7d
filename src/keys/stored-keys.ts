import type { KeyStatus } from './provider-key.entity.js';

/** A stored key in memory. `secret` is null where no key of the ring opens it. */
export interface StoredKey {
  readonly id: string;
  readonly weight: number;
  readonly origin: string;
  readonly status: KeyStatus;
  readonly fingerprint: string;
  readonly secret: string | null;
}

/** A stored key that can be sent. */
export type ReadyKey = StoredKey & { readonly secret: string };

/** Seconds that a key rests when the provider does not say for how long. */
const REST_SECONDS = 30;
const MAX_REST_SECONDS = 3_600;

/** Which keys rest because their provider was asked too often. In memory: it passes by itself. */
export class RestingKeys {
  private readonly until = new Map<string, number>();

  /** @param now monotonic milliseconds */
  constructor(private readonly now: () => number) {}

  rest(keyId: string, seconds: number | undefined): void {
    const wanted = seconds === undefined || !Number.isFinite(seconds) ? REST_SECONDS : seconds;
    const milliseconds = Math.min(Math.max(wanted, 1), MAX_REST_SECONDS) * 1000;
    this.until.set(keyId, this.now() + milliseconds);
  }

  isResting(keyId: string): boolean {
    const until = this.until.get(keyId);
    if (until === undefined) return false;
    if (until > this.now()) return true;
    this.until.delete(keyId);
    return false;
  }
}

/**
 * One of an owner's keys: by weight among those that are well. Where none is, the first one is tried all the same:
 * its provider's word is newer than our memory of it.
 * @param random in [0, 1)
 */
export function pickKey(
  keys: readonly ReadyKey[],
  isWell: (key: ReadyKey) => boolean,
  random: number,
): ReadyKey | undefined {
  const well = keys.filter(isWell);
  let mark = random * well.reduce((sum, key) => sum + key.weight, 0);
  for (const key of well) {
    mark -= key.weight;
    if (mark < 0) return key;
  }
  return well.at(-1) ?? keys.find((key) => key.status !== 'invalid') ?? keys[0];
}
