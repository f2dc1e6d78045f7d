import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CatalogMemory } from '../../src/models/catalog/catalog-memory.js';
import { CatalogRepository } from '../../src/models/catalog/catalog.repository.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { hasRedis, TestRedis } from '../support/redis.js';
import { Replica, rows, Vendor } from './catalog-app.js';
import { within } from '../support/patience.js';

const suite = hasRedis ? describe : describe.skip;

suite(hasRedis ? 'the Redis tier' : 'the Redis tier (skipped: no redis-server on this machine)', () => {
  let postgres: TestPostgres;
  let redis: TestRedis;
  let vendor: Vendor;
  let first: Replica;
  let second: Replica;
  beforeAll(async () => {
    postgres = await startPostgres();
    redis = await TestRedis.create();
    vendor = await Vendor.start();
    vendor.rows(rows(30));
    const url = await postgres.createDatabase('tiers');
    const start = () => Replica.start({ url, vendors: [{ slug: 'acme', vendor }], settings: { redisUrl: redis.url } });
    // F33: Redis is away when they boot.
    first = await start();
    second = await start();
  });
  afterAll(async () => {
    await Promise.all([first, second].map((replica) => replica.stop()));
    await redis.remove();
    await vendor.stop();
    await postgres.stop();
  });

  const browse = async (replica: Replica) => {
    const started = performance.now();
    const { status, body } = await replica.call<{ total: number; models: { id: string }[] }>(
      'GET',
      'ai-models/browse-models?provider=acme&capability=chat',
    );
    return { status, total: body.total, took: performance.now() - started };
  };
  const grow = async (count: number) => {
    vendor.rows(rows(count));
    const { body } = await first.call<{ results: { error: string | null }[] }>('POST', 'ai-models/sync', {
      provider: 'acme',
    });
    expect(body.results[0]).toMatchObject({ error: null });
  };
  const until = async (claim: () => Promise<boolean>, withinMs: number) => {
    const started = performance.now();
    while (!(await claim())) {
      if (performance.now() - started > withinMs) throw new Error(`not within ${withinMs} ms`);
      await sleep(20);
    }
  };
  const followed = (count: number) => until(async () => (await browse(second)).total === count, within(1_000));
  /** Counts how often a replica reads a whole list from the database. */
  const countLoads = (replica: Replica) => {
    const repository = replica.app.get(CatalogRepository, { strict: false });
    const load = repository.load.bind(repository);
    const counter = { loads: 0 };
    repository.load = (providerId) => {
      counter.loads += 1;
      return load(providerId);
    };
    return counter;
  };

  it('F33 is not missed when it is away at boot', async () => {
    await grow(30);
    expect(await browse(first)).toMatchObject({ status: 200, total: 30 });
    await followed(30);
  });

  it('hands a list from the replica that fetched it to the others, without the database', async () => {
    await redis.start();
    await sleep(2_500); // the replicas find it by themselves
    const counter = countLoads(second);
    // A replica that hears of a version before it lies in Redis takes it from the database: not each time.
    const loads: number[] = [];
    for (const count of [40, 41, 42]) {
      counter.loads = 0;
      await grow(count);
      await followed(count);
      loads.push(counter.loads);
    }
    expect(Math.min(...loads)).toBe(0);
  });

  /** Selects on one replica; the other serves it, before the poll that makes up for lost notifications. */
  const switchTo = async (model: string) => {
    const body = { provider: 'acme', capability: 'chat', model_id: model };
    expect(await first.call('POST', 'ai-models/select-model', body)).toMatchObject({ status: 200 });
    await until(async () => {
      const answer = await second.call<{ model?: { id: string } }>('POST', 'ai/chat/send', { message: 'Hello' });
      return answer.status === 200 && answer.body.model?.id === model;
    }, within(1_000));
  };

  it('F33 F34 is slower, never wrong and no crash while it stops, hangs and comes back', async () => {
    let browsing = true;
    const totals: number[] = [];
    const failures: number[] = [];
    const slowest = { took: 0 };
    const watch = (async () => {
      while (browsing) {
        const seen = await browse(second);
        if (seen.status !== 200) failures.push(seen.status);
        totals.push(seen.total);
        slowest.took = Math.max(slowest.took, seen.took);
        await sleep(10);
      }
    })();
    await redis.stop();
    await grow(51);
    await followed(51);
    await switchTo('acme/chat-1');
    await redis.start();
    await sleep(2_500);
    await grow(52);
    await followed(52);
    await switchTo('acme/chat-2');
    redis.freeze();
    await grow(53);
    await followed(53);
    await switchTo('acme/chat-3');
    redis.thaw();
    await grow(54);
    await followed(54);
    await switchTo('acme/chat-4');
    browsing = false;
    await watch;
    expect(failures).toEqual([]);
    // Never backwards: nobody sees an older list after a newer one.
    expect(totals).toEqual([...totals].sort((a, b) => a - b));
    expect(slowest.took).toBeLessThan(within(2_000));
  });

  it('A65 keeps owners apart: a list of an owner never answers for another', async () => {
    const memory = second.app.get(CatalogMemory, { strict: false });
    const [shared] = await second.app.get(CatalogRepository, { strict: false }).heads([]);
    const { index } = await memory.ensure(shared!.providerId, 'somebody');
    expect(index.models).toEqual([]);
  });
});
