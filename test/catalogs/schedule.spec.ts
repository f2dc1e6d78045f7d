import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Client } from 'pg';
import { Database } from '../../src/core/database/index.js';
import { CatalogSyncCron } from '../../src/models/catalog/schedule/catalog-sync.cron.js';
import { SyncTurns } from '../../src/models/catalog/schedule/sync-turns.js';
import { SyncModels } from '../../src/models/index.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { Replica, rows, TOKEN, Vendor } from './catalog-app.js';

const EVERY_SECOND = '* * * * * *';
/** Noon of a new year's day: no test reaches it. */
const NEVER = '0 0 12 1 1 *';

describe('the schedule of catalog syncs', () => {
  let postgres: TestPostgres;
  let vendor: Vendor;
  beforeAll(async () => {
    postgres = await startPostgres();
    vendor = await Vendor.start();
    vendor.rows(rows(20));
  });
  afterAll(async () => {
    await vendor.stop();
    await postgres.stop();
  });

  const start = (url: string, syncCron: string) =>
    Replica.start({
      url,
      vendors: [{ slug: 'acme', vendor }],
      settings: { cron: true, catalog: { ttl: 3600, syncCron } },
    });
  const metrics = async (replica: Replica) => {
    const answer = await replica.app.inject({
      method: 'GET',
      url: '/metrics',
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    return { status: answer.statusCode, text: answer.body };
  };
  const cronOf = (replica: Replica) => replica.app.get(CatalogSyncCron, { strict: false });
  const sql = async <T>(url: string, text: string, values: unknown[] = []) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(text, values)).rows as T[];
    } finally {
      await client.end();
    }
  };

  it('F45 runs each tick once on two replicas, and goes on when one of them goes', async () => {
    const url = await postgres.createDatabase('two_replicas');
    const first = await start(url, EVERY_SECOND);
    const second = await start(url, EVERY_SECOND);
    const seconds = 12;
    await sleep(seconds * 1_000);
    await first.stop();
    const before = cronOf(second).counters.runs;
    await sleep(3_500);
    const after = cronOf(second).counters.runs;
    await second.stop();
    expect(after - before).toBeGreaterThanOrEqual(2);
    const runs = await sql<{ second: string; count: string }>(
      url,
      `select date_trunc('second', started_at) as second, count(*) as count from switchboard.catalog_sync
         join switchboard.provider p on p.id = provider_id and p.slug = 'acme' group by 1 order by 1`,
    );
    expect(runs.length).toBeGreaterThanOrEqual(seconds - 3);
    expect(runs.filter(({ count }) => Number(count) > 1)).toEqual([]);
  });

  it('F45 loses the lock with its connection, so that another replica can have it; the run is told', async () => {
    const url = await postgres.createDatabase('killed_holder');
    const [first, second] = [await start(url, NEVER), await start(url, NEVER)];
    const [here, there] = [first, second].map((replica) => replica.app.get(SyncTurns, { strict: false })) as [
      SyncTurns,
      SyncTurns,
    ];
    const tick = (seconds: number) => new Date(Date.UTC(2027, 0, 1, 0, 0, seconds));
    let wasTold = false;
    let holds: () => void = () => undefined;
    const holding = new Promise<void>((resolve) => (holds = resolve));
    const held = here.take('job', tick(1), async (signal) => {
      holds();
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      wasTold = true;
    });
    await holding;
    expect(await there.take('job', tick(2), async () => undefined)).toBe('running elsewhere');
    await sql(
      url,
      `select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database
        where l.locktype = 'advisory' and d.datname = 'killed_holder'`,
    );
    await held;
    expect(wasTold).toBe(true);
    expect(await there.take('job', tick(2), async () => undefined)).toBe('ran');
    expect(await here.take('job', tick(2), async () => undefined)).toBe('done before');
    await Promise.all([first.stop(), second.stop()]);
  });

  it('F46 counts a tick that comes while the one before runs, and survives a run that throws (F48)', async () => {
    const url = await postgres.createDatabase('long_run');
    const replica = await start(url, NEVER);
    const cron = cronOf(replica);
    vendor.list = () => ({ body: { object: 'list', data: rows(20) }, delayMs: 600 });
    const tick = (seconds: number) => new Date(Date.UTC(2028, 0, 1, 0, 0, seconds));
    await Promise.all([cron.tick(tick(1)), cron.tick(tick(2))]);
    expect(cron.counters).toMatchObject({ runs: 1, skippedRunning: 1, failures: 0 });
    vendor.rows(rows(20));
    const bus = replica.app.get(CommandBus, { strict: false });
    const execute = bus.execute.bind(bus);
    bus.execute = (command: object) =>
      command instanceof SyncModels ? Promise.reject(new Error('boom')) : execute(command as never);
    await cron.tick(tick(3));
    expect(cron.counters.failures).toBe(1);
    bus.execute = execute;
    await cron.tick(tick(4));
    expect(cron.counters).toMatchObject({ runs: 2, failures: 1 });
    const { text } = await metrics(replica);
    expect(text).toContain('switchboard_catalog_sync_ticks_total{outcome="ran"} 2');
    expect(text).toContain('switchboard_catalog_sync_ticks_total{outcome="still_running"} 1');
    expect(text).toContain('switchboard_catalog_sync_ticks_total{outcome="failed"} 1');
    const [job] = await sql<{ error: string | null }>(url, `select error from switchboard.scheduled_job`);
    expect(job!.error).toBeNull();
    await replica.stop();
  });

  it('F46 makes up for missed ticks once', async () => {
    const url = await postgres.createDatabase('catch_up');
    const replica = await start(url, NEVER);
    expect(cronOf(replica).counters.catchUps).toBe(0);
    await replica.stop();
    // Last run: two years ago; so two yearly ticks were missed.
    await sql(url, `update switchboard.scheduled_job set last_tick = now() - interval '2 years'`);
    const [again, twin] = await Promise.all([start(url, NEVER), start(url, NEVER)]);
    await sleep(1_500);
    const runs = cronOf(again).counters.runs + cronOf(twin).counters.runs;
    expect(runs).toBe(1);
    await Promise.all([again.stop(), twin.stop()]);
    const late = await start(url, NEVER);
    await sleep(300);
    expect(cronOf(late).counters).toMatchObject({ catchUps: 0, runs: 0 });
    await late.stop();
  });

  it('F47 goes by UTC, so that no change of clocks skips or repeats a tick', async () => {
    const url = await postgres.createDatabase('clocks');
    const replica = await start(url, '0 30 * * * *');
    const { cronTime } = replica.app.get(SchedulerRegistry, { strict: false }).getCronJob('catalog-sync');
    expect(cronTime.timeZone).toBe('UTC');
    // Clocks change in New York and in Berlin on these days of 2026.
    for (const day of ['03-08', '03-29', '10-25', '11-01']) {
      const ticks: number[] = [];
      for (let at = new Date(`2026-${day}T00:00:00Z`); ticks.length < 24; at = new Date(ticks.at(-1)!))
        ticks.push(cronTime.getNextDateFrom(at).toMillis());
      const first = Date.parse(`2026-${day}T00:30:00Z`);
      expect(ticks).toEqual(Array.from({ length: 24 }, (_, hour) => first + hour * 3_600_000));
    }
    await replica.stop();
  });

  it('does not run where scheduled work is switched off', async () => {
    const url = await postgres.createDatabase('no_cron');
    const replica = await Replica.start({
      url,
      vendors: [{ slug: 'acme', vendor }],
      settings: { cron: false, catalog: { ttl: 3600, syncCron: EVERY_SECOND } },
    });
    await sleep(2_200);
    expect(cronOf(replica).counters.runs).toBe(0);
    expect(await replica.app.get(SyncTurns, { strict: false }).lastTick('catalog-sync')).toBeNull();
    await replica.stop();
  });

  it('F32 repeats a transaction that lost a race', async () => {
    const url = await postgres.createDatabase('races');
    const replica = await start(url, NEVER);
    const database = replica.app.get(Database, { strict: false });
    await database.em().execute('create table switchboard.race (id int primary key, n int)');
    await database.em().execute('insert into switchboard.race values (1, 0), (2, 0)');
    const touch = (a: number, b: number) =>
      database.transaction(async (em) => {
        await em.execute('update switchboard.race set n = n + 1 where id = ?', [a]);
        await sleep(100);
        await em.execute('update switchboard.race set n = n + 1 where id = ?', [b]);
      });
    await Promise.all([touch(1, 2), touch(2, 1)]);
    const [row] = await database.em().execute<{ total: string }[]>('select sum(n) as total from switchboard.race');
    expect(Number(row!.total)).toBe(4);
    await replica.stop();
  });
});
