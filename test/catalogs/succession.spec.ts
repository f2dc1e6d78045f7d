import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from '@jest/globals';
import { Replica, row, rows, TOKEN, Vendor } from './catalog-app.js';
import { loadFacts } from '../support/recordings.js';

interface Selection {
  id: string;
  provider: string;
  model_id: string;
  is_active: boolean;
  warnings: { code: string; message: string; suggested: { model_id: string } | null }[];
  successor: { model_id: string } | null;
}
interface Answer {
  reply: string;
  model: { id: string };
  provider: { slug: string };
  served_by_fallback: boolean;
  code?: string;
  detail?: string;
}
interface HistoryRow {
  action: string;
  from: { model_id: string } | null;
  to: { model_id: string } | null;
  reason: string | null;
}

const PER_TOKEN = { timeout: 5, max_retry: 0, wire: { price_unit: 'usd_per_token', auth: { type: 'none' } } };

describe('a selected model that goes', () => {
  const pool: { slug: string; vendor: Vendor }[] = [];
  let replica: Replica;
  let slug: string;
  let vendor: Vendor;
  let other: { slug: string; vendor: Vendor };
  beforeAll(async () => {
    for (let index = 0; index < 14; index += 1) pool.push({ slug: `acme-${index}`, vendor: await Vendor.start() });
    replica = await Replica.start({
      vendors: pool.map((each) => ({
        ...each,
        // The first one sends prices per token, as OpenRouter does.
        more: each.slug === 'acme-0' ? { config: PER_TOKEN } : {},
      })),
    });
  });
  beforeEach(() => {
    other = pool.pop()!;
    ({ slug, vendor } = pool.pop()!);
  });
  afterEach(async () => {
    await vendor.stop();
    await other.vendor.stop();
  });
  afterAll(async () => {
    await replica.stop();
    await Promise.all(pool.map((each) => each.vendor.stop()));
  });

  const sync = (provider = slug) => replica.call('POST', 'ai-models/sync', { provider });
  const select = async (model_id: string, body: object = {}) =>
    (
      await replica.call<Selection>('POST', 'ai-models/select-model', {
        provider: slug,
        capability: 'chat',
        model_id,
        ...body,
      })
    ).body;
  const selections = async () =>
    (await replica.call<{ data: Selection[] }>('GET', 'ai-models?capability=chat')).body.data;
  const active = async () => (await selections()).find(({ is_active: isActive }) => isActive)!;
  const chat = (body: object = {}) => replica.call<Answer>('POST', 'ai/chat/send', { message: 'Hello', ...body });
  const history = async () =>
    (await replica.call<{ data: HistoryRow[] }>('GET', 'ai-models/history?capability=chat')).body.data;

  it('F38 is flagged, then missing, then its successor serves, once, and rollback goes back', async () => {
    vendor.rows([row('acme/omega-4'), row('acme/omega-5'), ...rows(5)]);
    await sync();
    await select('acme/omega-4');
    expect((await chat()).body).toMatchObject({ model: { id: 'acme/omega-4' }, served_by_fallback: false });
    const { id } = await active();
    const declared = await replica.call<Selection>('PUT', `ai-models/${id}/successor`, {
      provider: slug,
      model_id: 'acme/omega-5',
    });
    expect(declared).toMatchObject({ status: 200, body: { successor: { model_id: 'acme/omega-5' } } });

    vendor.rows([row('acme/omega-5'), ...rows(5)]);
    await sync();
    expect((await active()).warnings).toEqual([
      expect.objectContaining({
        code: 'model_unlisted',
        suggested: expect.objectContaining({ model_id: 'acme/omega-5' }),
      }),
    ]);
    expect((await chat()).body.model.id).toBe('acme/omega-4');
    await sync();
    const missing = await active();
    expect(missing).toMatchObject({ model_id: 'acme/omega-4' });
    expect(missing.warnings).toEqual([
      expect.objectContaining({
        code: 'model_missing',
        suggested: expect.objectContaining({ model_id: 'acme/omega-5' }),
      }),
    ]);

    const answers = await Promise.all(Array.from({ length: 10 }, () => chat()));
    expect(answers.map(({ body }) => body.model?.id)).toEqual(Array(10).fill('acme/omega-5'));
    expect(answers.some(({ body }) => body.served_by_fallback)).toBe(true);
    const events = (await history()).filter(({ action }) => action === 'successor');
    expect(events[0]).toMatchObject({ from: { model_id: 'acme/omega-4' }, to: { model_id: 'acme/omega-5' } });
    expect(events[0]!.reason).toMatch(/no longer offers acme\/omega-4/);
    expect(events.filter(({ to }) => to?.model_id === 'acme/omega-5')).toHaveLength(1);
    expect(await active()).toMatchObject({ model_id: 'acme/omega-5', successor: null });

    const back = await replica.call<Selection>('POST', 'ai-models/rollback', { capability: 'chat' });
    expect(back).toMatchObject({ status: 200, body: { model_id: 'acme/omega-4' } });
    expect(back.body.warnings.map(({ code }) => code)).toContain('model_missing');
    const refused = await chat();
    expect(refused).toMatchObject({ status: 409, body: { code: 'model_unavailable' } });
    expect(refused.body.detail).toContain('acme/omega-4');
    expect(refused.body.detail).toContain('select-model');
  });

  it('A79 F39 a list elsewhere that shadows it, or the name of a capability, takes nothing over', async () => {
    vendor.rows([row('acme/chosen'), ...rows(5)]);
    await sync();
    await select('acme/chosen');
    other.vendor.rows([
      row('acme/chosen', { name: 'Impostor', pricing: { prompt: '0', completion: '0' } }),
      row('chat'),
      row(`${slug}/acme/chosen`),
      ...rows(3, 'other/chat'),
    ]);
    const { body } = await replica.call<{ results: object[] }>('POST', 'ai-models/sync', { provider: other.slug });
    expect(body.results).toMatchObject([{ added: 6, error: null }]);
    expect((await chat()).body).toMatchObject({ model: { id: 'acme/chosen' }, provider: { slug } });
    const asked = other.vendor.chatRequests;
    for (const model of ['chat', `${slug}/acme/chosen`]) {
      const answer = await replica.app.inject({
        method: 'POST',
        url: '/v1/chat/completions',
        headers: { authorization: `Bearer ${TOKEN}` },
        payload: { model, messages: [{ role: 'user', content: 'Hello' }] },
      });
      expect(answer.statusCode).toBe(200);
      expect(answer.json<{ choices: object[] }>().choices).toMatchObject([
        { message: { content: 'I am acme/chosen' } },
      ]);
    }
    expect(other.vendor.chatRequests).toBe(asked);
    // Each catalog says what its own provider says, and a price of zero makes nothing free.
    const browse = async (provider: string) =>
      (
        await replica.call<{ models: { id: string; name: string; is_free: boolean; pricing: object | null }[] }>(
          'GET',
          `ai-models/browse-models?provider=${provider}&capability=chat`,
        )
      ).body.models.find(({ id }) => id === 'acme/chosen');
    expect(await browse(slug)).toMatchObject({ name: 'ACME/CHOSEN', pricing: { input: '2.5' } });
    expect(await browse(other.slug)).toMatchObject({ name: 'Impostor', is_free: false, pricing: null });
  });

  it('F38 is never another model silently: 409 without a declaration, stand-ins where they are declared', async () => {
    vendor.rows([row('acme/lonely'), ...rows(5)]);
    other.vendor.rows(rows(3, 'other/chat'));
    await sync();
    await sync(other.slug);
    await select('acme/lonely');
    vendor.rows(rows(5));
    await sync();
    await sync();
    expect(await chat()).toMatchObject({ status: 409, body: { code: 'model_unavailable' } });
    const standIn = await select('other/chat-0', { provider: other.slug, activate: false });
    await replica.call('PUT', 'ai-models/fallbacks', { capability: 'chat', selection_ids: [standIn.id] });
    expect((await chat()).body).toMatchObject({ model: { id: 'other/chat-0' }, served_by_fallback: true });
    expect(await chat({ provider: slug })).toMatchObject({ status: 409, body: { code: 'model_unavailable' } });
    expect(await active()).toMatchObject({ model_id: 'acme/lonely' });
    await replica.call('PUT', 'ai-models/fallbacks', { capability: 'chat', selection_ids: [] });
  });

  it('takes the successor at another provider when a call says that the model does not exist', async () => {
    vendor.rows([row('acme/fading'), ...rows(5)]);
    other.vendor.rows(rows(3, 'other/heir'));
    await sync();
    await sync(other.slug);
    const { id } = await select('acme/fading');
    await replica.call('PUT', `ai-models/${id}/successor`, { provider: other.slug, model_id: 'other/heir-1' });
    vendor.gone.add('acme/fading');
    const answer = await chat();
    expect(answer).toMatchObject({
      status: 200,
      body: { model: { id: 'other/heir-1' }, provider: { slug: other.slug }, served_by_fallback: true },
    });
    expect(await active()).toMatchObject({ provider: other.slug, model_id: 'other/heir-1' });
    expect((await chat()).body).toMatchObject({ model: { id: 'other/heir-1' }, served_by_fallback: false });
  });

  it('takes no successor that is unknown, the model itself, or another admin’s business', async () => {
    vendor.rows([row('acme/one'), row('acme/two')]);
    await sync();
    const { id } = await select('acme/one');
    const put = (body: object, at = id) => replica.call('PUT', `ai-models/${at}/successor`, body);
    expect((await put({ provider: slug, model_id: 'acme/nowhere' })).status).toBe(422);
    expect((await put({ provider: slug, model_id: 'acme/one' })).status).toBe(400);
    expect((await put({ provider: 'nobody', model_id: 'acme/two' })).status).toBe(404);
    expect((await put({ provider: slug, model_id: 'acme/two' }, '00000000-0000-7000-8000-000000000000')).status).toBe(
      404,
    );
    expect((await put({ provider: slug, model_id: 'acme/two' })).status).toBe(200);
    expect((await replica.call('DELETE', `ai-models/${id}/successor`)).status).toBe(204);
    expect(await active()).toMatchObject({ successor: null });
    await put({ provider: slug, model_id: 'acme/two' });
    await select('acme/two');
    expect(await active()).toMatchObject({ model_id: 'acme/two', successor: null });
  });

  it('tells what changed: new, gone, moved prices and context, an announced end', async () => {
    const before = new Date().toISOString();
    vendor.rows([row('acme/a'), row('acme/b'), row('acme/c'), row('acme/d'), row('acme/e')]);
    await sync();
    vendor.rows([
      row('acme/a', { pricing: { prompt: '3', completion: '10' } }),
      row('acme/b', { context_length: 64_000 }),
      row('acme/c', { shutdown_date: '2027-01-31' }),
      row('acme/d'),
      row('acme/f'),
    ]);
    await sync();
    await sync();
    interface Change {
      model_id: string;
      change: string;
      before: object;
      after: object;
    }
    const feed = await replica.call<{ data: Change[]; total: number; next_cursor: string | null }>(
      'GET',
      `ai-models/changes?provider=${slug}&since=${before}`,
    );
    expect(feed.body.data.map(({ model_id: model, change }) => `${model} ${change}`).sort()).toEqual([
      'acme/a price',
      'acme/b context',
      'acme/c deprecated',
      'acme/e gone',
      'acme/f new',
    ]);
    expect(feed.body.data.find(({ change }) => change === 'price')).toMatchObject({
      before: { input: '2.5' },
      after: { input: '3' },
    });
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: typeof feed = await replica.call(
        'GET',
        `ai-models/changes?provider=${slug}&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      seen.push(...page.body.data.map(({ model_id: model }) => model));
      cursor = page.body.next_cursor;
    }
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
    const { id } = await select('acme/c');
    expect((await selections()).find((each) => each.id === id)!.warnings).toEqual([
      expect.objectContaining({ code: 'model_deprecated' }),
    ]);
    const told = await chat();
    expect(told.headers['sunset']).toBe('Sun, 31 Jan 2027 00:00:00 GMT');
    expect(told.headers['deprecation']).toMatch(/^@\d{10}$/);
    expect((await replica.call('GET', 'ai-models/changes?since=2027-02-31')).status).toBe(400);
  });

  const august = loadFacts('openrouter-models.json') as { data: { id: string }[] } | null;
  (august === null ? it.skip : it)(
    august === null ? 'the real August list (skipped: no recordings)' : 'F38 with the real August list of 414 models',
    async () => {
      const { data } = august!;
      const dear = data.filter(({ id }) => id !== 'openai/gpt-4o');
      vendor.list = () => ({ body: august });
      const first = await replica.call<{ results: { total: number; warnings: string[]; error: string | null }[] }>(
        'POST',
        'ai-models/sync',
        { provider: slug },
      );
      expect(first.body.results[0]).toMatchObject({ error: null });
      const chosen = await select('openai/gpt-4o');
      expect(chosen).toMatchObject({ model_id: 'openai/gpt-4o' });
      vendor.list = () => ({ body: { data: dear } });
      await sync();
      expect((await active()).warnings).toMatchObject([{ code: 'model_unlisted' }]);
      await sync();
      const [warning] = (await active()).warnings;
      expect(warning).toMatchObject({ code: 'model_missing' });
      expect(warning!.suggested!.model_id).toMatch(/^openai\/gpt-/);
      for (const body of [{ data: [] }, '<html></html>', { error: { message: 'no' } }, { data: dear.slice(0, 100) }]) {
        vendor.list = () => ({ body });
        const kept = await replica.call<{ results: { kept_previous: boolean; error: string }[] }>(
          'POST',
          'ai-models/sync',
          {
            provider: slug,
          },
        );
        expect(kept.body.results[0]).toMatchObject({ kept_previous: true });
        expect(kept.body.results[0]!.error).toBeTruthy();
      }
    },
  );
});
