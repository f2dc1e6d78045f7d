import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { within } from '../support/patience.js';
import { freePort, startPostgres, type TestPostgres } from '../support/postgres.js';
import { ServerProcess, temporaryFolder } from '../support/server-process.js';
import { rows, TOKEN, Vendor } from './catalog-app.js';

/** Seconds of the schedule; the issue of it is a whole minute: `TEST_CRON_SECONDS=60`. */
const SECONDS = Number(process.env['TEST_CRON_SECONDS'] ?? 12);
const NAMES = ['first', 'second'] as const;

interface Attempt {
  readonly started_at: Date;
  readonly finished_at: Date;
  readonly error: string | null;
}

describe('two server processes on one PostgreSQL, with a sync every second', () => {
  const folder = temporaryFolder();
  const servers = new Map<string, ServerProcess>();
  let postgres: TestPostgres;
  let vendor: Vendor;
  let database: Client;

  beforeAll(async () => {
    postgres = await startPostgres();
    vendor = await Vendor.start();
    vendor.rows(rows(20));
    const file = join(folder.path, 'providers.json');
    const acme = {
      slug: 'acme',
      name: 'acme',
      api_base_url: `http://${vendor.host}/v1`,
      capabilities: { chat: { supported: true, has_dynamic_models: true } },
      config: { timeout: 60, max_retry: 0, wire: { price_unit: 'usd_per_million_tokens', auth: { type: 'none' } } },
    };
    writeFileSync(file, JSON.stringify({ providers: [acme] }));
    const url = await postgres.createDatabase('cron');
    database = new Client({ connectionString: url });
    await database.connect();
    for (const name of NAMES) {
      const server = ServerProcess.start({
        PORT: String(await freePort()),
        DATA_DIR: join(folder.path, name),
        DATABASE_URL: `${url}?application_name=${name}`,
        SWITCHBOARD_KEYS: Buffer.alloc(32, 7).toString('base64'),
        ADMIN_TOKEN: TOKEN,
        PROVIDERS_FILE: file,
        ALLOW_PRIVATE_UPSTREAMS: vendor.host,
        CATALOG_SYNC_CRON: '* * * * * *',
        LOG_LEVEL: 'info',
      });
      servers.set(name, server);
      await server.ready();
    }
    // Who has the lock of scheduled work, and each tick with the process that it was given to.
    await database.query(`
      create function switchboard.lock_holder() returns text language sql as $$
        select a.application_name from pg_locks l join pg_stat_activity a using (pid)
         where l.locktype = 'advisory' and l.granted and a.application_name in ('first', 'second') limit 1
      $$;
      create table switchboard.tick_log (tick timestamptz not null, process text);
      create function switchboard.log_tick() returns trigger language plpgsql as $$ begin
        insert into switchboard.tick_log values (new.last_tick, switchboard.lock_holder());
        return new;
      end $$;
      create trigger log_tick after update of last_tick on switchboard.scheduled_job
        for each row when (old.last_tick < new.last_tick) execute function switchboard.log_tick();`);
  }, 180_000);
  afterAll(async () => {
    await Promise.all([...servers.values()].map((server) => server.stop('SIGKILL')));
    await database.end();
    await vendor.stop();
    await postgres.stop();
    folder.remove();
  });

  const query = async <T extends object>(text: string) => (await database.query<T>(text)).rows;
  const ticks = () => query<{ tick: Date; process: string }>('select * from switchboard.tick_log order by tick');
  const attempts = () =>
    query<Attempt>(
      `select started_at, finished_at, error from switchboard.catalog_sync
         join switchboard.provider p on p.id = provider_id and p.slug = 'acme' order by started_at`,
    );
  const holder = async () =>
    (await query<{ holder: string | null }>('select switchboard.lock_holder() as holder'))[0]!.holder;
  const until = async (isDone: () => Promise<boolean>, milliseconds: number, what: string) => {
    const deadline = performance.now() + within(milliseconds);
    while (!(await isDone())) {
      if (performance.now() > deadline) throw new Error(`Waited too long: ${what}`);
      await sleep(50);
    }
  };
  /** Lets the run that is under way end, so that what was counted belongs together. */
  const atRest = async <T>(read: () => Promise<T>): Promise<T> => {
    const client = new Client({ connectionString: postgres.url.replace(/postgres$/, 'cron') });
    await client.connect();
    try {
      await client.query(`select pg_advisory_lock(hashtextextended('switchboard:catalog-sync', 0))`);
      return await read();
    } finally {
      await client.end();
    }
  };

  it(
    `F45 each tick's sync runs once, and no two at a time (${SECONDS} s; a minute with TEST_CRON_SECONDS=60)`,
    async () => {
      const [before, synced] = await atRest(async () => [(await ticks()).length, (await attempts()).length] as const);
      await sleep(SECONDS * 1_000);
      const [given, made] = await atRest(async () => [(await ticks()).slice(before), (await attempts()).slice(synced)]);
      const of = (name: string) => given.filter(({ process: one }) => one === name).length;
      process.stdout.write(
        `${SECONDS} s: ${given.length} ticks (${NAMES.map((name) => `${name} ${of(name)}`).join(', ')}), ${made.length} syncs\n`,
      );
      // A process that the machine kept waiting may leave a tick out; most of them it must not.
      expect(given.length).toBeGreaterThanOrEqual(Math.floor(SECONDS / 2));
      expect(new Set(given.map(({ tick }) => tick.getTime())).size).toBe(given.length);
      expect(made).toHaveLength(given.length);
      expect(made.filter(({ error }) => error !== null)).toEqual([]);
      for (const [index, { started_at: start }] of made.entries())
        expect(start.getTime()).toBeGreaterThanOrEqual(made[index - 1]?.finished_at.getTime() ?? 0);
    },
    SECONDS * 1_000 + 120_000,
  );

  it('F45 F44 the process that syncs is killed (SIGKILL): the list stays whole and the other one carries on', async () => {
    let isHanging = 0;
    vendor.list = () => {
      isHanging += 1;
      return { body: { object: 'list', data: rows(20, 'acme/never') }, delayMs: 300_000 };
    };
    await until(async () => isHanging > 0 && (await holder()) !== null, 5_000, 'a sync in the middle');
    const victim = (await holder())!;
    const survivor = NAMES.find((name) => name !== victim)!;
    expect(NAMES).toContain(victim);
    const synced = (await attempts()).length;
    await servers.get(victim)!.stop('SIGKILL');
    vendor.rows(rows(21));
    await until(async () => (await attempts()).length >= synced + 3, 8_000, 'syncs of the survivor');
    const [given, made] = await atRest(async () => [await ticks(), await attempts()]);
    process.stdout.write(`killed ${victim} in the middle of a sync; ${survivor} made ${made.length - synced} since\n`);
    expect(made.slice(synced).filter(({ error }) => error !== null)).toEqual([]);
    expect(given.slice(-2).map(({ process: one }) => one)).toEqual([survivor, survivor]);
    const address = await servers.get(survivor)!.ready();
    const answer = await fetch(`${address}/api/admin/ai-models/browse-models?provider=acme&capability=chat`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(answer.status).toBe(200);
    const { models, error } = (await answer.json()) as { models: { id: string }[]; error: string | null };
    expect(error).toBeNull();
    expect(models.map(({ id }) => id).sort()).toEqual(
      rows(21)
        .map(({ id }) => id)
        .sort(),
    );
  }, 180_000);
});
