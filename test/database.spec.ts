import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '../src/core/database/index.js';
import { switchboardSchema } from '../src/schema.js';
import { startPostgres, type TestPostgres } from './support/postgres.js';

const options = { schemaName: 'switchboard', connectSeconds: 5, schema: switchboardSchema };

describe('the database', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it('migrates the embedded database', async () => {
    const database = await Database.open({ ...options, settings: { kind: 'memory' } });
    const rows = await database
      .em()
      .execute("select table_name from information_schema.tables where table_schema = 'switchboard'");
    expect(rows.map((row) => String(row['table_name']))).toContain('model_selection');
    await database.onApplicationShutdown();
  });

  it('F55 is migrated once when two replicas start together', async () => {
    const url = await postgres.createDatabase('together');
    const open = () => Database.open({ ...options, settings: { kind: 'postgresql', url } });
    const replicas = await Promise.all([open(), open(), open()]);
    const rows = await replicas[0]?.em().execute('select name from switchboard.migration');
    expect(rows.map((row) => String(row['name'])).sort()).toEqual(
      switchboardSchema.migrations.map(({ name }) => name).sort(),
    );
    await Promise.all(replicas.map((replica) => replica.onApplicationShutdown()));
  });

  it('refuses a second active selection whatever the code does', async () => {
    const url = await postgres.createDatabase('invariant');
    const database = await Database.open({ ...options, settings: { kind: 'postgresql', url } });
    const em = database.em();
    await em.execute(`insert into switchboard.provider (id, slug, name, display_name, strategy, api_base_url, capabilities, config, created_at, updated_at)
      values (gen_random_uuid(), 'a', 'a', 'A', 'openai-compatible', 'https://a.test', '{}', '{}', now(), now()),
             (gen_random_uuid(), 'b', 'b', 'B', 'openai-compatible', 'https://b.test', '{}', '{}', now(), now())`);
    const insert = (slug: string) =>
      em.execute(`insert into switchboard.model_selection (id, provider_id, capability, model_id, display_name, is_active, created_at, updated_at)
        select gen_random_uuid(), id, 'chat', 'm', 'M', true, now(), now() from switchboard.provider where slug = '${slug}'`);
    await insert('a');
    await expect(insert('b')).rejects.toThrow(/one_active_selection/);
    await database.onApplicationShutdown();
  });

  it('says in one line that PostgreSQL cannot be reached, without the password', async () => {
    const settings = { kind: 'postgresql' as const, url: 'postgresql://someone:hunter2secret@127.0.0.1:1/nothing' };
    const refused = Database.open({ ...options, settings, connectSeconds: 0 });
    await expect(refused).rejects.toThrow('Cannot use the database at 127.0.0.1:1/nothing');
    await expect(refused).rejects.not.toThrow(/hunter2secret/);
  });
});
