import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Pool, TypeOverrides } from 'pg';
import { ConfigurationError, Generation, SwitchboardModule, Usage } from '../../src/index.js';
import { ChangeFeed, Database } from '../../src/core/database/index.js';
import { settingsOfOptions } from '../../src/switchboard.options.js';
import { Ledger } from '../../src/usage/index.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { HostIdentity, PeopleModule } from './host-application.js';

const KEY = Buffer.alloc(32, 7).toString('base64');
const ROOT = { id: 'root', role: 'superadmin' as const };

describe('the pool of a host', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  }, 60_000);
  afterAll(() => postgres.stop());

  async function start(pool: Pool) {
    @Module({
      imports: [
        PeopleModule,
        SwitchboardModule.forRoot({ database: { pool }, keys: [KEY], identity: HostIdentity, cron: false }),
      ],
    })
    class HostModule {}
    const app = await NestFactory.create(HostModule, new FastifyAdapter(), { logger: false, abortOnError: false });
    await app.init();
    return app;
  }

  it('serves the switchboard in a schema of its own, with the host’s types and tables as they were, and stays open', async () => {
    const connectionString = await postgres.createDatabase('of_the_host');
    // The host reads numbers its own way, and has a table with a name that we use, too.
    const hostTypes = new TypeOverrides();
    hostTypes.setTypeParser(1700, Number);
    const pool = new Pool({ connectionString, max: 4, types: hostTypes });
    let made = 0;
    pool.on('connect', () => (made += 1));
    await pool.query('create table provider (price numeric); insert into provider values (1.5)');
    const app = await start(pool);
    expect(made).toBeGreaterThan(0);

    const { target } = await app.get(Generation).chat({ messages: [{ role: 'user', content: 'hi' }] }, { admin: ROOT });
    expect(target.provider.slug).toBe('sandbox');
    await app.get(Ledger, { strict: false }).flush();
    const { data } = await app.get(Usage).generations({ limit: 10 }, ROOT);
    // As we read it: decimals are text, moments are dates.
    expect(data[0]).toMatchObject({
      admin: 'root',
      cost_usd: expect.stringMatching(/^0/),
      created_at: expect.anything(),
    });

    const database = app.get(Database, { strict: false });
    expect(await database.isReachable()).toBe(true);
    const heard = new Promise<void>((resolve) =>
      app.get(ChangeFeed, { strict: false }).subscribe('setting', () => Promise.resolve(resolve())),
    );
    await database.transaction((em) => app.get(ChangeFeed, { strict: false }).announce(em, 'setting'));
    await heard;

    const { rows: connections } = await pool.query<{ application: string; count: string }>(
      'select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    // All but the one that listens are the host's.
    expect(Number(connections[0]?.count)).toBeLessThanOrEqual(pool.totalCount);
    expect(pool.totalCount).toBeLessThanOrEqual(4);

    await app.close();
    expect([pool.ended, pool.ending]).toEqual([false, false]);
    expect((await pool.query<{ price: number }>('select price from provider')).rows).toEqual([{ price: 1.5 }]);
    const { rows } = await pool.query<{ schemaname: string }>(
      "select distinct schemaname from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1",
    );
    expect(rows.map(({ schemaname }) => schemaname)).toEqual(['public', 'switchboard']);
    expect(pool.totalCount - pool.idleCount).toBe(0);
    await pool.end();
  }, 120_000);

  it('F29 outlives an end of all connections, and gives none of them up for lost', async () => {
    const pool = new Pool({ connectionString: await postgres.createDatabase('of_another_host'), max: 3 });
    pool.on('error', () => undefined);
    const app = await start(pool);
    const database = app.get(Database, { strict: false });
    const admin = new Pool({ connectionString: postgres.url, max: 1 });
    /** A transaction that has begun. One that gets a connection whose end nobody noticed yet may fail, and is begun anew. */
    const sleeping = async () => {
      for (let attempt = 0; attempt < 10; attempt += 1) {
        let isOver = false;
        const ended = database
          .transaction((em) => em.execute('select pg_sleep(30)'))
          .catch((error: Error) => error.message)
          .finally(() => (isOver = true));
        while (!isOver) {
          const { rowCount } = await admin.query(
            "select 1 from pg_stat_activity where query like '%pg_sleep(30)%' and pid <> pg_backend_pid()",
          );
          if (rowCount !== 0) return { ended };
        }
      }
      throw new Error('No transaction begins any more');
    };
    for (let outage = 0; outage < 4; outage += 1) {
      const broken = await sleeping();
      await admin.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'of_another_host' and pid <> pg_backend_pid()",
      );
      expect(await broken.ended).toEqual(expect.any(String));
    }
    // Each connection whose end nobody noticed yet costs one failure.
    const one = async () =>
      database
        .em()
        .execute('select 1 as one')
        .catch((error: Error) => error.message);
    let answer = await one();
    for (let attempt = 0; attempt < 3 && typeof answer === 'string'; attempt += 1) answer = await one();
    expect(answer).toEqual([{ one: 1 }]);
    await app.close();
    await admin.end();
    await pool.end();
  }, 120_000);

  it('wants encryption keys, as every PostgreSQL does', () => {
    const pool = new Pool({ connectionString: postgres.url });
    expect(() => settingsOfOptions({ database: { pool } }, false)).toThrow(ConfigurationError);
  });

  it('says in one line that it reaches nothing, without the password', async () => {
    const pool = new Pool({ connectionString: 'postgresql://someone:hunter2secret@127.0.0.1:1/nothing' });
    const refused = Database.open({
      settings: { kind: 'postgresql', pool },
      schemaName: 'switchboard',
      connectSeconds: 0,
      schema: { entities: [], migrations: [] },
    });
    await expect(refused).rejects.toThrow(/Cannot use the database .* Check the pool/);
    await expect(refused).rejects.not.toThrow(/hunter2secret/);
  });
});
