import { Logger } from '@nestjs/common';
import { Keyv } from 'keyv';
import type { SwitchboardSettings } from '../../../core/config/index.js';
import { redisTier } from './redis-tier.js';

/** Milliseconds for which a version is kept without being asked for again. */
const MEMORY_TTL_MS = 60_000;
const REDIS_TTL_MS = 24 * 60 * 60 * 1000;

/** The tiers of `@nestjs/cache-manager`: memory, and Redis where the settings name one. */
export function cacheStores({ redisUrl }: SwitchboardSettings): Keyv[] {
  // By reference: what is cached is immutable, and a copy of ten thousand models would be felt.
  const memory = new Keyv({ store: new Map(), ttl: MEMORY_TTL_MS, useKeyPrefix: false });
  memory.serialize = undefined;
  memory.deserialize = undefined;
  return redisUrl === null ? [memory] : [memory, redisTier(redisUrl, REDIS_TTL_MS, new Logger('Cache'))];
}
