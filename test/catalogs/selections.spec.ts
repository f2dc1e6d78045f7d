import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '../../src/core/database/index.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { Replica, row, Vendor } from './catalog-app.js';
import { within } from '../support/patience.js';

interface Selection {
  id: string;
  model_id: string;
  is_active: boolean;
  created: boolean;
  previous: { model_id: string } | null;
  activate_at: string | null;
  code?: string;
  detail?: string;
}
interface Page<T> {
  data: T[];
  total: number;
}
interface Overview {
  providers: { slug: string; has_api_key: boolean; capabilities: Record<string, { has_model: boolean }> }[];
  selected_models: Record<string, { provider: string; model_id: string } | null>;
  usage: { total: { requests: number }; by_capability: Record<string, { requests: number; cost_usd: string }> };
  warnings: { code: string; capability: string | null }[];
}

const MODELS = ['a', 'b', 'c', 'd', 'e'];

describe('selections on two replicas', () => {
  let postgres: TestPostgres;
  let vendor: Vendor;
  let first: Replica;
  let second: Replica;
  beforeAll(async () => {
    postgres = await startPostgres();
    vendor = await Vendor.start();
    vendor.rows(MODELS.map((id) => row(id)));
    const url = await postgres.createDatabase('selections');
    const start = () =>
      Replica.start({
        url,
        vendors: ['acme', 'bolt'].map((slug) => ({ slug, vendor })),
        settings: { cron: true, databasePoolSize: 4, catalog: { ttl: 3600, syncCron: '0 0 12 1 1 *' } },
      });
    first = await start();
    second = await start();
    await first.call('POST', 'ai-models/sync', { provider: 'acme' });
    await first.call('POST', 'ai-models/sync', { provider: 'bolt' });
  });
  afterAll(async () => {
    await Promise.all([first, second].map((replica) => replica.stop()));
    await vendor.stop();
    await postgres.stop();
  });

  const select = (replica: Replica, model_id: string, body: object = {}, headers: Record<string, string> = {}) =>
    replica.call<Selection>(
      'POST',
      'ai-models/select-model',
      { provider: 'acme', capability: 'chat', model_id, ...body },
      headers,
    );
  const list = (replica: Replica) => replica.call<Page<Selection>>('GET', 'ai-models?capability=chat');
  const activeOn = async (replica: Replica) => (await list(replica)).body.data.filter((one) => one.is_active);
  const served = async (replica: Replica) =>
    (await replica.call<{ model: { id: string } }>('POST', 'ai/chat/send', { message: 'Hello' })).body.model?.id;
  const until = async (claim: () => Promise<boolean>, withinMs: number) => {
    const started = performance.now();
    while (!(await claim())) {
      if (performance.now() - started > withinMs) throw new Error(`not within ${withinMs} ms`);
      await sleep(20);
    }
    return performance.now() - started;
  };

  it('a selection made on one replica serves on the other within a second', async () => {
    await select(first, 'a');
    await until(async () => (await served(second)) === 'a', within(1_000));
    for (const model of ['b', 'c', 'a']) {
      expect((await select(first, model)).status).toBe(200);
      await until(async () => (await served(second)) === model, within(1_000));
    }
  });

  it('A63 of parallel switches every one gets an answer and one model is active at every instant', async () => {
    let watching = true;
    const counts: number[] = [];
    const database = second.app.get(Database, { strict: false });
    const watch = (async () => {
      while (watching) {
        const [{ n } = { n: '' }] = await database
          .em()
          .execute<{ n: string }[]>(
            `select count(*) as n from switchboard.model_selection where capability = 'chat' and owner is null and is_active`,
          );
        counts.push(Number(n));
      }
    })();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        select(index % 2 ? first : second, MODELS[index % 5]!, { provider: index % 3 ? 'acme' : 'bolt' }),
      ),
    );
    watching = false;
    await watch;
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    expect(counts.length).toBeGreaterThan(3);
    expect(new Set(counts)).toEqual(new Set([1]));
    expect(await activeOn(first)).toEqual(await activeOn(second));
  });

  it('of parallel switches with the same If-Match exactly one wins, the others are told (412)', async () => {
    await select(first, 'a');
    const tag = (await list(second)).headers['etag'] as string;
    expect(tag).toMatch(/^"chat\./);
    const answers = await Promise.all(
      ['b', 'c', 'd', 'e'].map((model, index) => select(index % 2 ? first : second, model, {}, { 'if-match': tag })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    const refused = answers.find(({ status }) => status === 412)!;
    expect(refused.body).toMatchObject({ code: 'precondition_failed' });
    const [winner] = await activeOn(first);
    expect(answers.find(({ status }) => status === 200)!.body.model_id).toBe(winner!.model_id);
    const stale = { 'if-match': tag };
    expect((await first.call('POST', 'ai-models/rollback', { capability: 'chat' }, stale)).status).toBe(412);
    const fallbacks = { capability: 'chat', selection_ids: [] };
    expect((await first.call('PUT', 'ai-models/fallbacks', fallbacks, stale)).status).toBe(412);
    const fresh = { 'if-match': (await list(first)).headers['etag'] as string };
    expect((await first.call('PUT', 'ai-models/fallbacks', fallbacks, fresh)).status).toBe(200);
    expect((await select(first, 'a', {}, { 'if-match': '*' })).status).toBe(200);
    expect((await select(first, 'a', {}, { 'if-match': `W/${String(fresh['if-match'])}` })).status).toBe(412);
    expect((await select(first, 'a', {}, { 'if-match': 'nonsense' })).status).toBe(412);
  });

  it('a tag survives changes of other capabilities and mere use', async () => {
    await select(first, 'a');
    const tag = (await first.call('GET', 'ai-models')).headers['etag'] as string;
    await select(first, 'b', { capability: 'content' }).catch(() => undefined);
    await served(first);
    await sleep(600);
    expect((await select(first, 'b', {}, { 'if-match': tag })).status).toBe(200);
  });

  it('rolls back what was switched, also after the same model was selected again', async () => {
    await select(first, 'a');
    await select(first, 'b');
    await select(first, 'b');
    const back = await first.call<Selection>('POST', 'ai-models/rollback', { capability: 'chat' });
    expect(back).toMatchObject({ status: 200, body: { model_id: 'a', previous: { model_id: 'b' } } });
    const again = await second.call<Selection>('POST', 'ai-models/rollback', { capability: 'chat' });
    expect(again.body.model_id).toBe('b');
    const { body } = await first.call<Page<{ action: string; from: { model_id: string }; to: { model_id: string } }>>(
      'GET',
      'ai-models/history?capability=chat&limit=3',
    );
    expect(body.data.map(({ action, from, to }) => [action, from.model_id, to.model_id])).toEqual([
      ['rollback', 'a', 'b'],
      ['rollback', 'b', 'a'],
      ['select', 'a', 'b'],
    ]);
  });

  it('switches at the scheduled time, once, on whichever replica', async () => {
    await select(first, 'a');
    const at = new Date(Date.now() + 1_500).toISOString();
    const scheduled = await select(first, 'c', { activate_at: at });
    expect(scheduled).toMatchObject({ status: 200, body: { model_id: 'c', is_active: false, activate_at: at } });
    expect((await activeOn(second))[0]!.model_id).toBe('a');
    const waiting = await second.call<Page<Selection>>('GET', 'ai-models/scheduled');
    expect(waiting.body.data.map(({ id }) => id)).toEqual([scheduled.body.id]);
    await until(async () => (await served(second)) === 'c', within(6_000));
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(at));
    const { body } = await first.call<Page<{ action: string; to: { model_id: string } }>>(
      'GET',
      'ai-models/history?capability=chat&limit=2',
    );
    expect(body.data.map(({ action }) => action)).toEqual(['schedule', 'select']);
    expect((await second.call<Page<Selection>>('GET', 'ai-models/scheduled')).body.total).toBe(0);
  });

  it('calls a scheduled switch off, replaces one by the next, refuses the past', async () => {
    const at = (seconds: number) => ({ activate_at: new Date(Date.now() + seconds * 1_000).toISOString() });
    const one = await select(first, 'd', at(600));
    const two = await select(second, 'e', at(900));
    const waiting = await first.call<Page<Selection>>('GET', 'ai-models/scheduled');
    expect(waiting.body.data.map(({ model_id: model }) => model)).toEqual(['e']);
    expect((await first.call('DELETE', `ai-models/scheduled/${one.body.id}`)).status).toBe(404);
    expect((await first.call('DELETE', `ai-models/scheduled/${two.body.id}`)).status).toBe(204);
    expect((await select(first, 'd', at(-5))).status).toBe(400);
    expect((await select(first, 'd', { activate_at: 'tomorrow' })).status).toBe(400);
    expect((await select(first, 'd', { ...at(60), activate: false })).status).toBe(400);
    expect((await select(first, 'nowhere', at(60))).status).toBe(422);
  });

  it('verify asks the model first and changes nothing when it fails', async () => {
    await select(first, 'a');
    vendor.gone.add('b');
    const refused = await select(first, 'b', { verify: true });
    expect(refused).toMatchObject({ status: 409, body: { code: 'model_unavailable' } });
    expect((await activeOn(first))[0]!.model_id).toBe('a');
    vendor.gone.delete('b');
    const { status, body } = await select(first, 'b', { verify: true });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { model_id: 'b', verification: { reply: 'I am b', bytes: null, latency_ms: expect.any(Number) } },
    });
    expect((await select(first, 'a')).body).toMatchObject({ verification: null });
  });

  it('verify tells how large the picture or the sound was', async () => {
    for (const [capability, model] of [
      ['image', 'sandbox-image'],
      ['audio', 'sandbox-audio'],
    ]) {
      const { status, body } = await first.call<{ verification: { bytes: number } }>('POST', 'ai-models/select-model', {
        provider: 'sandbox',
        capability,
        model_id: model,
        verify: true,
      });
      expect({ status, body }).toMatchObject({ status: 200, body: { verification: { reply: null } } });
      expect(body.verification.bytes).toBeGreaterThan(100);
    }
  });

  it('the overview tells providers, selections, usage and warnings in at most six statements', async () => {
    await select(first, 'a');
    await served(first);
    await sleep(600);
    const connection = first.app.get(Database, { strict: false }).orm.em.getConnection() as unknown as {
      execute(...parameters: unknown[]): Promise<unknown>;
    };
    const execute = connection.execute.bind(connection);
    const statements: unknown[] = [];
    connection.execute = (...parameters) => {
      statements.push(parameters[0]);
      return execute(...parameters);
    };
    const { body } = await first.call<Overview>('GET', 'ai/dashboard/overview');
    connection.execute = execute;
    expect(statements.length).toBeGreaterThan(0);
    expect(statements.length).toBeLessThanOrEqual(6);
    const acme = body.providers.find(({ slug }) => slug === 'acme')!;
    expect(acme).toMatchObject({ has_api_key: true, capabilities: { chat: { has_model: true } } });
    expect(body.selected_models['chat']).toMatchObject({ provider: 'acme', model_id: 'a' });
    expect(body.usage.by_capability['chat']!.requests).toBeGreaterThan(0);
    expect(Number(body.usage.by_capability['chat']!.cost_usd)).toBeGreaterThan(0);
    const cleared = await first.call<{ cleared: string[] }>('POST', 'ai/dashboard/cache/clear');
    expect(cleared).toMatchObject({ status: 200, body: { cleared: expect.arrayContaining(['catalogs']) } });
    expect(
      (await first.call<{ total: number }>('GET', 'ai-models/browse-models?provider=acme&capability=chat')).body.total,
    ).toBe(5);
  });
});
