import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { SeverableProxy } from '../support/severable-proxy.js';
import { Replica, type ReplicaOptions, rows, Vendor } from './catalog-app.js';
import { within } from '../support/patience.js';

describe('while the database is away', () => {
  let postgres: TestPostgres;
  let vendor: Vendor;
  let url: string;
  let proxy: SeverableProxy;
  let replica: Replica | undefined;
  let count = 0;
  beforeAll(async () => {
    postgres = await startPostgres();
    vendor = await Vendor.start();
    vendor.rows(rows(20));
  });
  afterAll(async () => {
    await vendor.stop();
    await postgres.stop();
  });
  beforeEach(async () => {
    url = await postgres.createDatabase(`outage_${(count += 1)}`);
    proxy = await SeverableProxy.to(url);
  });
  afterEach(async () => {
    await proxy.mend();
    await replica?.stop();
    replica = undefined;
    await proxy.cut();
  });

  const start = async (settings: ReplicaOptions['settings'] = {}) => {
    replica = await Replica.start({ url: proxy.through(url), vendors: [{ slug: 'acme', vendor }], settings });
    return replica;
  };
  const ready = async (settings?: ReplicaOptions['settings']) => {
    await proxy.mend();
    const server = await start(settings);
    await server.call('POST', 'ai-models/sync', { provider: 'acme' });
    await select(server, 'acme/chat-0');
    return server;
  };
  const select = (server: Replica, model_id: string) =>
    server.call('POST', 'ai-models/select-model', { provider: 'acme', capability: 'chat', model_id });
  const browse = (server: Replica) =>
    server.call<{ total: number }>('GET', 'ai-models/browse-models?provider=acme&capability=chat');
  const chat = (server: Replica) => server.call('POST', 'ai/chat/send', { message: 'Hello' });
  const sql = async <T>(text: string) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      await client.query('set default_transaction_read_only = off');
      return (await client.query(text)).rows as T[];
    } finally {
      await client.end();
    }
  };
  const until = async (claim: () => Promise<boolean>, withinMs: number) => {
    const started = performance.now();
    while (!(await claim())) {
      if (performance.now() - started > withinMs) throw new Error(`not within ${withinMs} ms`);
      await sleep(50);
    }
  };

  it('F28 waits at boot for a database that comes late', async () => {
    const booting = start({ databaseConnectSeconds: 20 });
    await sleep(1_500);
    await proxy.mend();
    expect((await browse(await booting)).status).toBe(200);
  });

  it('F28 gives up at boot after the agreed time, with one clear line', async () => {
    const started = performance.now();
    await expect(start({ databaseConnectSeconds: 1 })).rejects.toThrow(/^Cannot use the database at 127\.0\.0\.1/);
    expect(performance.now() - started).toBeLessThan(within(3_000));
  });

  it('F29 answers 503 for what needs it, goes on serving what does not, and recovers within 5 s', async () => {
    const server = await ready();
    await proxy.cut();
    expect(await select(server, 'acme/chat-1')).toMatchObject({ status: 503, body: { code: 'service_unavailable' } });
    expect(await browse(server)).toMatchObject({ status: 200, body: { total: 20 } });
    expect((await chat(server)).status).toBe(200);
    await proxy.mend();
    await until(async () => (await select(server, 'acme/chat-1')).status === 200, within(5_000));
    // The connection that listens for changes comes back, too.
    await until(async () => {
      const listening = await sql<{ n: string }>(
        `select count(*) as n from pg_stat_activity where datname = current_database() and query ilike 'listen%'`,
      );
      return Number(listening[0]!.n) === 1;
    }, within(5_000));
  });

  it('F30 survives a failover: sessions ended (57P01), then a read-only server (25006), then itself again', async () => {
    const server = await ready();
    const name = new URL(url).pathname.slice(1);
    const endSessions = () =>
      sql(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`,
      );
    await sql(`alter database ${name} set default_transaction_read_only = on`);
    await endSessions();
    await until(async () => {
      const { status, body } = await select(server, 'acme/chat-2');
      return status === 503 && body['code'] === 'service_unavailable';
    }, within(5_000));
    expect((await browse(server)).status).toBe(200);
    await sql(`alter database ${name} reset default_transaction_read_only`);
    await endSessions();
    await until(async () => (await select(server, 'acme/chat-2')).status === 200, within(5_000));
    const events = await sql<{ n: string }>(
      `select count(*) as n from switchboard.selection_event where to_model_id = 'acme/chat-2'`,
    );
    expect(Number(events[0]!.n)).toBe(1);
  });

  it('F31 holds no connection during upstream calls: 50 of them with a pool of two', async () => {
    const server = await ready({ databasePoolSize: 2 });
    const release = vendor.hold();
    const asked = vendor.chatRequests;
    const calls = Array.from({ length: 50 }, () => chat(server));
    await until(() => Promise.resolve(vendor.chatRequests === asked + 50), within(5_000));
    expect((await server.call('GET', 'ai-models')).status).toBe(200);
    expect((await select(server, 'acme/chat-3')).status).toBe(200);
    const busy = await sql<{ state: string }>(
      `select state from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
    );
    expect(busy).toEqual([]);
    release();
    const answers = await Promise.all(calls);
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
  });

  it('F31 holds none while a list is on its way either', async () => {
    const server = await ready({ databasePoolSize: 2 });
    const release = vendor.hold();
    const syncs = Array.from({ length: 4 }, () =>
      server.call('POST', 'ai-models/sync', { provider: 'acme', accept: true }),
    );
    const listed = vendor.listRequests.length;
    await until(() => Promise.resolve(vendor.listRequests.length > listed), within(5_000));
    expect((await server.call('GET', 'ai-models')).status).toBe(200);
    release();
    await Promise.all(syncs);
  });

  it('F31 answers 503 when every connection is stuck, instead of piling up', async () => {
    const server = await ready({ databasePoolSize: 2 });
    proxy.freeze();
    const started = performance.now();
    const answers = await Promise.all(Array.from({ length: 6 }, () => server.call('GET', 'ai-models/history')));
    expect(performance.now() - started).toBeLessThan(within(15_000));
    expect(answers.every(({ status }) => status === 503)).toBe(true);
    expect((await browse(server)).status).toBe(200);
    await proxy.mend();
    await until(async () => (await server.call('GET', 'ai-models/history')).status === 200, within(5_000));
  });

  it('F44 a sync that dies midway leaves the list as it was; the next one repairs it', async () => {
    const server = await ready();
    await sql(`
      create function switchboard.slow() returns trigger language plpgsql as $$ begin perform pg_sleep(0.01); return new; end $$;
      create trigger slow before insert on switchboard.catalog_model for each row execute function switchboard.slow();
    `);
    vendor.rows([...rows(20), ...rows(300, 'acme/more')]);
    const dying = server.call<{ results: { error: string | null }[] }>('POST', 'ai-models/sync', { provider: 'acme' });
    await sleep(700);
    await proxy.cut();
    await proxy.mend();
    const died = await dying;
    expect(died.status === 200 ? died.body.results[0]!.error : died.status).not.toBeNull();
    await sql(`drop trigger slow on switchboard.catalog_model`);
    const stored = await sql<{ n: string }>(`
      select count(*) as n from switchboard.catalog_model m join switchboard.provider p on p.id = m.provider_id and p.slug = 'acme'`);
    expect(Number(stored[0]!.n)).toBe(20);
    expect((await browse(server)).body.total).toBe(20);
    await until(
      async () =>
        (
          await server.call<{ results: { total: number; error: string | null }[] }>('POST', 'ai-models/sync', {
            provider: 'acme',
          })
        ).body.results[0]!.error === null,
      5_000,
    );
    expect((await browse(server)).body.total).toBe(320);
    vendor.rows(rows(20));
  });
});
