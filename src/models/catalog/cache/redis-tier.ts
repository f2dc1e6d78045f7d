import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import KeyvRedis, { createClient, Keyv, type RedisClientType } from '@keyv/redis';
import type { Logger } from '@nestjs/common';

/** Longer than any healthy Redis takes; a slower one is as good as none. */
const PATIENCE_MS = 300;
/** How long a Redis that failed is not asked. */
const SUSPENDED_MS = 5_000;
const LONGEST_RECONNECT_MS = 2_000;

/**
 * The second cache tier. A Redis that is away or slow is a miss, never an error: what is cached has a version in its
 * key and the database behind it. Reconnects by itself.
 */
export function redisTier(url: string, ttlMs: number, logger: Logger): Keyv {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: 2_000,
      reconnectStrategy: (attempt) => Math.min(50 * 2 ** attempt, LONGEST_RECONNECT_MS),
    },
  }) as RedisClientType;
  let isAway = false;
  client.on('error', (error: Error) => {
    if (!isAway) logger.warn(`Redis is away, so caching is in memory only: ${error.message}`);
    isAway = true;
  });
  client.on('ready', () => {
    if (isAway) logger.log('Redis is back.');
    isAway = false;
  });
  client.connect().catch(() => undefined);
  const keyv = new Keyv({ store: new PatientStore(client), ttl: ttlMs, useKeyPrefix: false });
  keyv.on('error', () => undefined);
  return keyv;
}

/** `@keyv/redis`, asked only while it answers. */
class PatientStore extends EventEmitter {
  readonly opts = { dialect: 'redis', url: '' };
  namespace?: string;
  private readonly redis: KeyvRedis<string>;
  private suspendedUntil = 0;

  constructor(private readonly client: RedisClientType) {
    super();
    this.redis = new KeyvRedis<string>(client, { namespace: 'switchboard-catalog', throwOnErrors: true });
    this.redis.on('error', () => undefined);
  }

  get<T>(key: string): Promise<T | undefined> {
    return this.ask(() => this.redis.get<T>(key), undefined);
  }

  set(key: string, value: string, ttl?: number): Promise<void> {
    return this.ask(() => this.redis.set(key, value, ttl), undefined);
  }

  delete(key: string): Promise<boolean> {
    return this.ask(() => this.redis.delete(key), false);
  }

  clear(): Promise<void> {
    return this.ask(() => this.redis.clear(), undefined);
  }

  async disconnect(): Promise<void> {
    this.client.destroy();
  }

  private async ask<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    if (!this.client.isReady || performance.now() < this.suspendedUntil) return otherwise;
    const late = Symbol('late');
    try {
      const answer = await Promise.race([work(), sleep(PATIENCE_MS, late, { ref: false })]);
      if (answer !== late) return answer;
    } catch {
      // as good as late
    }
    this.suspendedUntil = performance.now() + SUSPENDED_MS;
    return otherwise;
  }
}
