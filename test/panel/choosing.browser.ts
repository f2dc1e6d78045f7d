import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { openContext, shoot, signIn, until } from './support/browser.js';
import { describeInBrowser } from './support/stage.js';
import { BROKEN, GOOD_KEY } from './support/upstream.js';

const LOOK = { language: 'en', scheme: 'light' } as const;
const PERSIAN = { language: 'fa', scheme: 'light' } as const;
const WAIT = 60_000;

describeInBrowser('choosing a model', (stage) => {
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    const { server, upstream, browser } = stage;
    await server.call('PATCH', '/api/admin/ai-providers/openrouter', {
      api_base_url: upstream.usual,
      api_key: GOOD_KEY,
    });
    await server.call('POST', '/api/admin/ai-models/sync', { provider: 'openrouter' });
    ({ context } = await openContext(browser, LOOK));
    page = await context.newPage();
    page.setDefaultTimeout(WAIT);
    await signIn(page, server.origin, server.email, server.password);
  });
  afterAll(() => context?.close());

  const browse = async () => {
    await page.goto(`${stage.server.origin}/models?provider=openrouter`);
    await page.getByText(/^(\d+) of \1$/).waitFor();
  };
  const search = (text: string) => page.getByLabel('Search models').fill(text);
  const active = async () =>
    (
      await stage.server.call<{ data: { capability: string; is_active: boolean; model_id: string }[] }>(
        'GET',
        '/api/admin/ai-models',
      )
    ).data.find((row) => row.capability === 'chat' && row.is_active)?.model_id;

  it('compares two models side by side, and selects one from there', async () => {
    await browse();
    await search('hostile/markup');
    await page.getByRole('checkbox', { name: /^Compare <img/ }).check();
    await page.getByText('One model ticked; tick another to compare').waitFor();
    expect(await page.getByRole('button', { name: 'Compare', exact: true }).isDisabled()).toBe(true);
    await search('persian');
    await page.getByRole('checkbox', { name: 'Compare مدل کتابی علی' }).check();
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    const dialog = page.getByRole('dialog');
    const prices = dialog.getByRole('row', { name: /Input, per million tokens/ });
    await prices.waitFor();
    expect(await prices.innerText()).toMatch(/\$1\.00\s+\$2\.00/);
    await shoot(page, 'choosing-1-compare', LOOK);
    await dialog.getByRole('button', { name: 'Select', exact: true }).nth(1).click();
    await page.getByRole('dialog', { name: 'Switch Chat' }).getByText('maker/persian').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  it('finds a Persian name typed with Arabic letters', async () => {
    await browse();
    await search('كتابي علي');
    await page.getByText(/^1 of/).waitFor();
    await page.getByRole('button', { name: 'Select مدل کتابی علی' }).waitFor();
  });

  it('tries a model first: one that fails changes nothing, one that answers shows its words', async () => {
    await browse();
    const before = await active();
    await search(BROKEN);
    await page.getByRole('button', { name: 'Select Broken model' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('switch', { name: 'Try it first' }).check({ force: true });
    await dialog.getByRole('button', { name: 'Try and switch' }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await active()).toBe(before);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await search('persian');
    await page.getByRole('button', { name: 'Select مدل کتابی علی' }).click();
    await dialog.getByRole('switch', { name: 'Try it first' }).check({ force: true });
    await dialog.getByRole('button', { name: 'Try and switch' }).click();
    await dialog.getByText(/It answered in/).waitFor();
    await dialog.getByText('from the emulator').waitFor();
    await shoot(page, 'choosing-2-verified', LOOK);
    expect(await active()).toBe('maker/persian');
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await dialog.waitFor({ state: 'hidden' });
  });

  it('shows what joined the list since the first sync as new, and nothing else', async () => {
    await browse();
    expect(await page.getByText('New', { exact: true }).count()).toBe(0);
    stage.upstream.joined.push('maker/newcomer');
    await stage.server.call('POST', '/api/admin/ai-models/sync', { provider: 'openrouter' });
    await browse();
    await page.getByText('New', { exact: true }).click();
    await page.getByText(/^1 of/).waitFor();
    await page.getByRole('button', { name: 'Select Newcomer maker/newcomer' }).waitFor();
    await shoot(page, 'choosing-3-new', LOOK);
  });

  it('on a phone the list is sorted by a choice in place of the heads', async () => {
    const phone = await openContext(stage.browser, { ...LOOK, width: 390 });
    const tab = await phone.context.newPage();
    tab.setDefaultTimeout(WAIT);
    await tab.goto(stage.server.origin);
    await tab.getByLabel('E-mail').fill(stage.server.email);
    await tab.getByLabel('Password').fill(stage.server.password);
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await tab.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    await tab.goto(`${stage.server.origin}/models?provider=openrouter`);
    await tab.getByRole('combobox', { name: 'Sort by' }).click();
    await tab.getByRole('option', { name: 'Context' }).click();
    const { models } = await stage.server.call<{ models: { context_length: number | null }[] }>(
      'GET',
      '/api/admin/ai-models/browse-models?provider=openrouter&capability=chat&limit=1000',
    );
    const largest = Math.max(...models.map((model) => model.context_length ?? 0));
    const written = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(largest);
    await tab
      .locator('[role=row][aria-rowindex="2"] [data-column=context]')
      .getByText(written, { exact: true })
      .waitFor();
    await shoot(tab, 'choosing-5-phone', { ...LOOK, width: 390 });
    await phone.context.close();
  });

  it('in Persian a switch is scheduled by the Persian calendar', async () => {
    const persian = await openContext(stage.browser, PERSIAN);
    const tab = await persian.context.newPage();
    tab.setDefaultTimeout(WAIT);
    await signIn(tab, stage.server.origin, stage.server.email, stage.server.password);
    await tab.goto(`${stage.server.origin}/models?provider=openrouter`);
    await tab.getByLabel('جستجوی مدل').fill('newcomer');
    await tab.getByRole('button', { name: 'انتخاب Newcomer maker/newcomer' }).click();
    const dialog = tab.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'بعدتر' }).check();
    const month = dialog.getByRole('combobox', { name: 'ماه' });
    // The last month of the year that is shown, whatever day it is today.
    const months = await month.locator('option').allInnerTexts();
    expect(months.at(-1)).toBe('اسفند');
    await month.selectOption({ label: 'اسفند' });
    await dialog.getByRole('combobox', { name: 'روز' }).selectOption({ label: '20' });
    await dialog.getByLabel('ساعت', { exact: true }).fill('14:30');
    await shoot(tab, 'choosing-4-jalali', PERSIAN);
    await dialog.getByRole('button', { name: 'زمان‌بندی' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const { data } = await stage.server.call<{ data: { activate_at: string; model_id: string }[] }>(
      'GET',
      '/api/admin/ai-models/scheduled',
    );
    const { activate_at: at = '' } = data.find((row) => row.model_id === 'maker/newcomer') ?? {};
    const format = new Intl.DateTimeFormat('fa-IR-u-nu-latn', { month: 'long', day: 'numeric' });
    expect(format.format(new Date(at))).toBe('20 اسفند');
    expect(await tab.evaluate(`new Date(${JSON.stringify(at)}).getHours()`)).toBe(14);
    expect(persian.complaints).toEqual([]);
    await persian.context.close();
  });

  it('embedding and transcription have models to choose, too', async () => {
    await page.goto(`${stage.server.origin}/models?capability=embedding`);
    await page.getByText('No model selected').waitFor();
    await until(page, `document.querySelector('[aria-label=Capability] input:checked')?.value === 'embedding'`);
    await page.goto(`${stage.server.origin}/playground/transcription`);
    await page.locator('pre[aria-label="curl"]').getByText('/v1/audio/transcriptions').waitFor();
  });
});
