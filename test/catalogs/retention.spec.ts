import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Database } from '../../src/core/database/index.js';
import { CatalogRetention } from '../../src/models/catalog/schedule/catalog-retention.js';
import { within } from '../support/patience.js';
import { Replica, row, rows, Vendor } from './catalog-app.js';

const DAYS = 30;
const OF_ACME = `provider_id = (select id from switchboard.provider where slug = 'acme')`;

describe('the logs of catalogs', () => {
  const running: { stop(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of running.splice(0)) await each.stop();
  });

  /** Four syncs: two of them, with all they changed, are older than the days that rows are kept. */
  const start = async (settings: object) => {
    const vendor = await Vendor.start();
    const replica = await Replica.start({ vendors: [{ slug: 'acme', vendor }], settings });
    running.push(replica, vendor);
    const sql = <T>(text: string) => replica.app.get(Database, { strict: false }).em().execute<T[]>(text);
    const sync = (...more: object[]) => {
      vendor.rows([...rows(3), ...more]);
      return replica.call('POST', 'ai-models/sync', { provider: 'acme' });
    };
    await sync();
    await sync(row('acme/old'));
    const age = `now() - interval '${DAYS + 1} days'`;
    await sql(`update switchboard.catalog_sync set finished_at = ${age} where ${OF_ACME}`);
    await sql(`update switchboard.catalog_change set at = ${age} where ${OF_ACME}`);
    await sync(row('acme/old'), row('acme/young'));
    await sync(row('acme/old'), row('acme/young'));
    const left = async () => {
      const [counts] = await sql<{ syncs: string; changes: string }>(
        `select (select count(*) from switchboard.catalog_sync where ${OF_ACME}) as syncs,
                (select count(*) from switchboard.catalog_change where ${OF_ACME}) as changes`,
      );
      return { syncs: Number(counts!.syncs), changes: Number(counts!.changes) };
    };
    return { replica, left, retention: replica.app.get(CatalogRetention, { strict: false }) };
  };

  it('lose what is older than CATALOG_RETENTION_DAYS, and no model', async () => {
    const { replica, left, retention } = await start({ catalogRetentionDays: DAYS });
    expect(await left()).toEqual({ syncs: 4, changes: 2 });
    const gone = await Promise.all([retention.prune(), retention.prune()]);
    expect(gone[0] + gone[1]).toBe(3);
    expect(await left()).toEqual({ syncs: 2, changes: 1 });
    const path = 'ai-models/browse-models?provider=acme&capability=chat';
    expect((await replica.call('GET', path)).body).toMatchObject({ total: 5, error: null });
    const feed = await replica.call<{ data: object[] }>('GET', 'ai-models/changes?provider=acme');
    expect(feed.body.data).toMatchObject([{ model_id: 'acme/young' }]);
  });

  it('lose nothing where it is 0', async () => {
    const { left, retention } = await start({ catalogRetentionDays: 0 });
    expect(await retention.prune()).toBe(0);
    expect(await left()).toEqual({ syncs: 4, changes: 2 });
  });

  it('are pruned by themselves where schedules run', async () => {
    const { left, retention } = await start({
      catalogRetentionDays: DAYS,
      cron: true,
      catalog: { ttl: 1_000_000, syncCron: '0 0 12 1 1 *' },
    });
    retention.onApplicationBootstrap();
    const deadline = performance.now() + within(2_000);
    while ((await left()).syncs > 2 && performance.now() < deadline) await sleep(50);
    expect(await left()).toEqual({ syncs: 2, changes: 1 });
  });
});
