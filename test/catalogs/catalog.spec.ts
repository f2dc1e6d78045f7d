import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '../../src/core/database/index.js';
import { ModelCatalog } from '../../src/models/index.js';
import { type StoredDocument, unpackDocument } from '../../src/models/catalog/catalog-rows.js';
import { Replica, row, rows, Vendor } from './catalog-app.js';
import { within } from '../support/patience.js';

interface Browsed {
  models: {
    id: string;
    name: string;
    pricing: { input: string | null } | null;
    missing_since: string | null;
    first_seen_at: string | null;
    sources: object;
  }[];
  total: number;
  synced_at: string | null;
  stale: boolean;
  error: string | null;
}
interface Sync {
  added: number;
  removed: number;
  changed: number;
  skipped: number;
  total: number;
  kept_previous: boolean;
  not_modified: boolean;
  error: string | null;
  warnings: string[];
}

describe('a catalog', () => {
  const vendors: { slug: string; vendor: Vendor }[] = [];
  let replica: Replica;
  let slug: string;
  let vendor: Vendor;
  beforeAll(async () => {
    for (let index = 0; index < 20; index += 1) vendors.push({ slug: `acme-${index}`, vendor: await Vendor.start() });
    replica = await Replica.start({ vendors });
  });
  // A vendor of its own for each test, in one server.
  beforeEach(() => void ({ slug, vendor } = vendors.pop()!));
  afterEach(() => vendor.stop());
  afterAll(async () => {
    await replica.stop();
    await Promise.all(vendors.map((each) => each.vendor.stop()));
  });
  const sync = async (body: object = {}) =>
    (await replica.call<{ results: Sync[] }>('POST', 'ai-models/sync', { provider: slug, ...body })).body.results[0]!;
  const browse = async (query = '') =>
    (await replica.call<Browsed>('GET', `ai-models/browse-models?provider=${slug}&capability=chat${query}`)).body;

  const sql = <T>(statement: string) => replica.app.get(Database, { strict: false }).em().execute<T[]>(statement);
  /** Changes a row and the version, and leaves the document as it was. */
  const pretendOlderRelease = async (change: string, model: string) => {
    const ofProvider = `provider_id = (select id from switchboard.provider where slug = '${slug}')`;
    await sql(`update switchboard.catalog_model set ${change} where model_id = '${model}' and ${ofProvider}`);
    await sql(`update switchboard.catalog_state set version = version + 1 where ${ofProvider}`);
  };

  it('is fetched at the first look and says how old it is', async () => {
    vendor.rows(rows(3));
    const seen = await browse();
    expect(seen).toMatchObject({ total: 3, stale: false, error: null });
    expect(seen.synced_at).not.toBeNull();
    expect(seen.models[0]!.sources).toMatchObject({ context_length: 'provider', pricing: 'provider' });
  });

  it('A79 F37 stays when the provider sends nothing, HTML, an error in a 200 or less than half', async () => {
    vendor.rows(rows(10));
    await sync();
    const good = await browse();
    for (const [body, reason] of [
      [{ object: 'list', data: [] }, /empty list/],
      ['<!doctype html><title>Sign in</title>', /./],
      [{ error: { message: 'overloaded', code: 503 } }, /./],
      [{ object: 'list', data: rows(4) }, /less than half/],
    ] as const) {
      vendor.list = () => ({ body });
      const result = await sync();
      expect(result).toMatchObject({ kept_previous: true, added: 0, removed: 0, changed: 0 });
      expect(result.error).toMatch(reason);
      const now = await browse();
      expect(now.models).toEqual(good.models);
      expect(now).toMatchObject({ stale: true, error: result.error, synced_at: good.synced_at });
    }
  });

  it('F37 takes a shrunken list when an administrator accepts it', async () => {
    vendor.rows(rows(10));
    await sync();
    vendor.rows(rows(2));
    expect(await sync()).toMatchObject({ kept_previous: true });
    expect(await sync({ accept: true })).toMatchObject({ kept_previous: false, removed: 8, total: 2 });
    await sync();
    expect((await browse()).total).toBe(2);
  });

  it('F38 calls a model missing after two lists without it, and present again when it comes back', async () => {
    vendor.rows(rows(4));
    await sync();
    vendor.rows(rows(3));
    expect(await sync()).toMatchObject({ removed: 1 });
    expect((await browse()).total).toBe(4);
    await sync();
    expect((await browse()).total).toBe(3);
    vendor.rows(rows(4));
    expect(await sync()).toMatchObject({ added: 1 });
    expect((await browse()).total).toBe(4);
  });

  it('F39 keeps one row per id whatever the order and the case, and counts the others', async () => {
    const twins = [
      row('acme/A'),
      row('acme/a'),
      row('acme/b', { description: 'fuller' }),
      row('acme/b'),
      row('acme/c'),
    ];
    vendor.rows(twins);
    const first = await sync();
    expect(first).toMatchObject({ added: 3, skipped: 2 });
    expect(first.warnings.join()).toContain('repeat an id');
    vendor.rows([...twins].reverse());
    expect(await sync()).toMatchObject({ added: 0, removed: 0, changed: 0, skipped: 2 });
    expect((await browse()).models.map(({ id }) => id)).toEqual(['acme/A', 'acme/b', 'acme/c']);
  });

  it('F41 A79 skips and counts rows that cannot be used and caps what is too long', async () => {
    vendor.rows([
      row('good'),
      null,
      'text',
      { name: 'no id' },
      row('nul\u0000id'),
      row('a'.repeat(400)),
      row('huge', { name: 'x'.repeat(1_000_000), description: 'y\u0000\ud800'.repeat(10_000) }),
    ]);
    expect(await sync()).toMatchObject({ added: 2, skipped: 5, error: null });
    const { models } = await browse();
    expect(models.map(({ id }) => id).sort()).toEqual(['good', 'huge']);
    expect(models.find(({ id }) => id === 'huge')!.name).toHaveLength(300);
  });

  it('F42 keeps the prices when most of a list is off by a million, and says why', async () => {
    vendor.rows(rows(10));
    await sync();
    for (const factor of [1e6, 1e-6]) {
      const price = (usd: number) => (usd * factor).toFixed(9);
      vendor.rows(rows(10).map((each) => ({ ...each, pricing: { prompt: price(2.5), completion: price(10) } })));
      const result = await sync();
      expect(result).toMatchObject({ kept_previous: true, changed: 0 });
      expect(result.error).toMatch(/known prices are out of range/);
      expect((await browse()).models.every(({ pricing }) => pricing?.input === '2.5')).toBe(true);
    }
  });

  it('F42 keeps a list of a single model whose price is off by a million, too', async () => {
    vendor.rows(rows(1));
    await sync();
    vendor.rows([row('acme/chat-0', { pricing: { prompt: '2500000', completion: '10000000' } })]);
    const result = await sync();
    expect(result).toMatchObject({ kept_previous: true, changed: 0 });
    expect(result.error).toMatch(/input of 2500000 is no price \(it was 2\.5\)/);
    expect((await browse()).models[0]!.pricing!.input).toBe('2.5');
  });

  it('F42 an impossible price of one row is unknown, and the report names it; the row and all others stay', async () => {
    vendor.rows([...rows(9), row('acme/old')]);
    await sync();
    const mad = { pricing: { prompt: '2500000', completion: '10' } };
    vendor.rows([
      ...rows(9),
      row('acme/old', mad),
      row('acme/new', mad),
      row('acme/negative', { pricing: { prompt: '-1', completion: '-1' } }),
    ]);
    const result = await sync();
    expect(result).toMatchObject({ kept_previous: false, added: 2 });
    expect(result.warnings.join()).toMatch(/out of range in 2 rows/);
    const { models } = await browse();
    const priceOf = (id: string) => models.find((model) => model.id === id)!.pricing?.input ?? null;
    expect(result.warnings.join()).toContain('acme/old: input of 2500000 is no price (it was 2.5)');
    expect(priceOf('acme/old')).toBeNull();
    expect(priceOf('acme/chat-0')).toBe('2.5');
    expect(priceOf('acme/new')).toBeNull();
    expect(priceOf('acme/negative')).toBeNull();
  });

  it('F43 asks with If-None-Match and takes 304 for the same list', async () => {
    vendor.list = ({ headers }) =>
      headers['if-none-match'] === '"v1"'
        ? { status: 304, body: '' }
        : { body: { object: 'list', data: rows(5) }, headers: { etag: '"v1"' } };
    await sync();
    const before = await browse();
    const result = await sync();
    expect(result).toMatchObject({ not_modified: true, total: 5, changed: 0, error: null });
    const after = await browse();
    expect(after.models).toEqual(before.models);
    expect(Date.parse(after.synced_at!)).toBeGreaterThanOrEqual(Date.parse(before.synced_at!));
    expect(vendor.listRequests).toHaveLength(2);
  });

  it('is stored as documents that agree with its rows after every kind of change', async () => {
    const agrees = async () => {
      const pages = await sql<{ models: string; is_current: boolean; id: string }>(`
        select d.models, d.version = s.version as is_current, p.id from switchboard.catalog_document d
          join switchboard.catalog_state s using (provider_id)
          join switchboard.provider p on p.id = s.provider_id and p.slug = '${slug}'`);
      const wanted = await sql<Record<string, unknown>>(`
        select m.*, nullif(m.first_seen_at, s.first_synced_at) as joined from switchboard.catalog_model m
          join switchboard.catalog_state s using (provider_id) where provider_id = '${pages[0]!.id}' order by model_id`);
      const iso = (time: unknown) => (time === null ? null : new Date(time as string).toISOString());
      const document = pages.flatMap(({ models }) => unpackDocument(JSON.parse(models) as StoredDocument));
      expect(document.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
        wanted.map((each) => ({
          id: each['model_id'],
          name: each['name'],
          description: each['description'],
          capabilities: each['capabilities'],
          contextLength: each['context_length'],
          maxOutputTokens: each['max_output_tokens'],
          modalities: each['modalities'],
          pricing: each['pricing'],
          isFree: each['is_free'],
          deprecatedAt: iso(each['deprecated_at']),
          missingSince: iso(each['missing_since']),
          missedSyncs: each['missed_syncs'],
          deprecationNotedAt: iso(each['deprecation_noted_at']),
          sources: each['sources'],
          firstSeenAt: iso(each['joined']),
        })),
      );
      return { isCurrent: pages.every((page) => page.is_current), pages: pages.length, count: document.length };
    };
    vendor.rows(rows(6));
    await sync();
    expect(await agrees()).toEqual({ isCurrent: true, pages: 1, count: 6 });
    vendor.rows([
      ...rows(3),
      row('acme/chat-3', { pricing: {}, architecture: null }),
      row('acme/late', { name: 'Late', description: 'x', expiration_date: '2027-01-31' }),
    ]);
    await sync();
    await sync();
    await sync();
    expect(await agrees()).toEqual({ isCurrent: true, pages: 1, count: 7 });
    const before = await browse();
    await replica.app.get(ModelCatalog, { strict: false }).clear();
    expect((await browse()).models).toEqual(before.models);

    // Long gone and chosen by nobody: forgotten in both.
    await pretendOlderRelease(`missing_since = now() - interval '91 days'`, 'acme/chat-5');
    await replica.app.get(ModelCatalog, { strict: false }).clear();
    await sync();
    expect(await agrees()).toEqual({ isCurrent: true, pages: 1, count: 6 });

    // More than a page, and fewer again.
    vendor.rows(rows(1_100));
    await sync();
    expect(await agrees()).toMatchObject({ isCurrent: true, pages: 3 });
    await replica.app.get(ModelCatalog, { strict: false }).clear();
    expect((await browse()).total).toBe(1_101); // and the one that was missed once
    const { id } = (await sql<{ id: string }>(`select id from switchboard.provider where slug = '${slug}'`))[0]!;
    await sql(`delete from switchboard.catalog_model where provider_id = '${id}' and model_id > 'acme/chat-6'`);
    vendor.rows([...rows(600), row('acme/later')]);
    await sync();
    await sync();
    expect(await agrees()).toMatchObject({ isCurrent: true, pages: 2 });
  });

  it('is read from the rows while its document is of another version', async () => {
    vendor.rows(rows(3));
    await sync();
    await pretendOlderRelease(`name = 'written by an older release'`, 'acme/chat-1');
    await replica.app.get(ModelCatalog, { strict: false }).clear();
    expect((await browse()).models.map(({ name }) => name)).toContain('written by an older release');
    vendor.rows([...rows(3), row('acme/late')]);
    await sync();
    await replica.app.get(ModelCatalog, { strict: false }).clear();
    expect((await browse()).models.map(({ name }) => name)).not.toContain('written by an older release');
    expect((await browse()).total).toBe(4);
  });

  it('says what would change and changes nothing in a dry run', async () => {
    vendor.rows(rows(3));
    expect(await sync({ dry_run: true })).toMatchObject({ added: 3 });
    vendor.rows(rows(5));
    await sync();
    vendor.rows(rows(4));
    expect(await sync({ dry_run: true })).toMatchObject({ removed: 1 });
    expect(await sync()).toMatchObject({ removed: 1 });
  });

  it('answers at once while the provider hangs, with one request in flight', async () => {
    vendor.rows(rows(3));
    await sync();
    const { settings } = replica.app.get<{ settings: { catalog: { ttl: number } } }>(ModelCatalog, { strict: false });
    const { ttl } = settings.catalog;
    settings.catalog.ttl = -1; // everything is stale from now on
    vendor.list = () => ({ body: {}, delayMs: 20_000 });
    const started = performance.now();
    const seen = await Promise.all(Array.from({ length: 20 }, () => browse()));
    settings.catalog.ttl = ttl;
    expect(performance.now() - started).toBeLessThan(within(1_500));
    expect(seen.every(({ total, stale }) => total === 3 && stale)).toBe(true);
    await sleep(100);
    expect(vendor.listRequests).toHaveLength(2);
  });

  it('finds by part of id or name whatever the case and accents, free first, selected before all', async () => {
    vendor.rows([
      row('acme/z', { name: 'Zoë' }),
      row('acme/y', { name: 'Yvonne', is_free: true, pricing: { prompt: '0', completion: '0' } }),
      row('acme/x', { name: 'Xaver' }),
    ]);
    await replica.call('POST', 'ai-models/select-model', { provider: slug, capability: 'chat', model_id: 'acme/z' });
    expect((await browse()).models.map(({ id }) => id)).toEqual(['acme/z', 'acme/y', 'acme/x']);
    expect((await browse('&q=ZOE')).models.map(({ id }) => id)).toEqual(['acme/z']);
    expect((await browse('&free=true')).models.map(({ id }) => id)).toEqual(['acme/y']);
  });

  it('calls new what joined the list within some days, and nothing of the first list', async () => {
    const idsOf = ({ models }: Browsed) => models.map(({ id }) => id);
    vendor.rows(rows(3));
    await sync();
    expect((await browse()).models.every((model) => model.first_seen_at === null)).toBe(true);
    expect(idsOf(await browse('&new_within_days=365'))).toEqual([]);
    const before = Date.now();
    vendor.rows([...rows(3), row('acme/late')]);
    await sync();
    const [late] = (await browse('&new_within_days=1')).models;
    expect(late).toMatchObject({ id: 'acme/late' });
    expect(Date.parse(late!.first_seen_at!)).toBeGreaterThanOrEqual(before);
    // Also as the database has it, and after it went and came back.
    await replica.app.get(ModelCatalog, { strict: false }).clear();
    expect((await browse('&new_within_days=1')).models).toEqual([late]);
    vendor.rows(rows(3));
    await sync();
    await sync();
    expect(idsOf(await browse('&new_within_days=1'))).toEqual([]);
    vendor.rows([...rows(3), row('acme/late', { name: 'Renamed' })]);
    await sync();
    const [returned] = (await browse('&new_within_days=1')).models;
    expect(returned).toMatchObject({ name: 'Renamed', first_seen_at: late!.first_seen_at });
    await pretendOlderRelease(`first_seen_at = first_seen_at - interval '2 days'`, 'acme/late');
    await replica.app.get(ModelCatalog, { strict: false }).clear();
    expect(idsOf(await browse('&new_within_days=1'))).toEqual([]);
    expect(idsOf(await browse('&new_within_days=3'))).toEqual(['acme/late']);
  });
});

describe('personal catalogs', () => {
  let vendor: Vendor;
  let replica: Replica;
  beforeAll(async () => {
    vendor = await Vendor.start();
    replica = await Replica.start({
      vendors: [
        {
          slug: 'keyed',
          vendor,
          more: { config: { timeout: 5, max_retry: 0, wire: { price_unit: 'usd_per_million_tokens' } } },
        },
      ],
    });
  });
  afterAll(async () => {
    await replica.stop();
    await vendor.stop();
  });

  it('A65 a list that only her own key opened is served to nobody else', async () => {
    vendor.list = ({ headers }) =>
      headers.authorization === 'Bearer sk-hers-0123456789'
        ? { body: { object: 'list', data: [row('keyed/secret-finetune')] } }
        : { status: 401, body: { error: { message: 'no key' } } };
    const { status } = await replica.call('PUT', 'ai-settings/keyed/personal-key', { api_key: 'sk-hers-0123456789' });
    expect(status).toBe(200);
    const path = '/api/admin/ai-models/browse-models?provider=keyed&capability=chat';
    const hers = await replica.call<Browsed>('GET', 'ai-models/browse-models?provider=keyed&capability=chat');
    expect(hers.body.models.map(({ id }) => id)).toEqual(['keyed/secret-finetune']);
    const made = await replica.call<{ password: string }>('POST', 'admins', {
      email: 'other@example.com',
      name: 'Other',
      role: 'admin',
    });
    const signIn = await replica.app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      payload: { email: 'other@example.com', password: made.body.password },
    });
    const cookie = signIn.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const theirs = await replica.app.inject({ method: 'GET', url: path, headers: { cookie } });
    expect(theirs.statusCode).toBe(200);
    expect(theirs.json<Browsed>().models).toEqual([]);
    const again = await replica.call<Browsed>('GET', 'ai-models/browse-models?provider=keyed&capability=chat');
    expect(again.body.total).toBe(1);
  });
});
