import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { openContext, signIn, until } from './support/browser.js';
import { describeInBrowser } from './support/stage.js';
import { GOOD_KEY } from './support/upstream.js';

describeInBrowser('A76 A78: text from upstream is only text', (stage) => {
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    const { server, upstream, browser } = stage;
    await server.call('PATCH', '/api/admin/ai-providers/openrouter', {
      api_base_url: upstream.usual,
      api_key: GOOD_KEY,
    });
    await server.call('POST', '/api/admin/ai-models/sync', { provider: 'openrouter' });
    ({ context, complaints } = await openContext(browser, { language: 'en', scheme: 'light' }));
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await signIn(page, server.origin, server.email, server.password);
  });
  afterAll(() => context?.close());

  const nothingHappened = async () => {
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('img:not(figure img)').count()).toBe(0);
  };

  it('names with markup, overrides and ten kilobytes stay in their line of the catalog', async () => {
    await page.goto(`${stage.server.origin}/models?provider=openrouter`);
    await page.getByLabel('Search models').fill('hostile');
    await page.getByText(/^3 of/).waitFor();
    await page.getByText('<img src=x onerror="window.hacked=3"> Markup').waitFor();
    await page.getByText('U+202E').first().waitFor();
    for (const row of await page.locator('[role=rowgroup] [role=row]').all())
      expect((await row.boundingBox())?.height ?? 0).toBeLessThanOrEqual(62);
    await nothingHappened();
  });

  it('so do they in the details and in the dialog', async () => {
    await page.getByRole('button', { name: /^<img/ }).first().click();
    await page.getByRole('dialog').getByText('<img src=x').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Select Safe/ }).click();
    await page.getByRole('dialog').getByText('U+202E').waitFor();
    await nothingHappened();
  });

  it('an answer in Markdown loads no picture, runs no script and links nowhere dangerous', async () => {
    await stage.server.call('POST', '/api/admin/ai-models/select-model', {
      provider: 'openrouter',
      capability: 'chat',
      model_id: 'hostile/endless',
    });
    await page.goto(`${stage.server.origin}/playground/chat`);
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Hello');
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText('picture: pixel').waitFor();
    await page.getByRole('log').getByText('<img src=x onerror="window.hacked=1">').waitFor();
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
    await nothingHappened();
  });

  it('no control that turns the direction of writing reaches a label, an attribute or a title', async () => {
    await stage.server.call('POST', '/api/admin/ai-models/select-model', {
      provider: 'openrouter',
      capability: 'chat',
      model_id: 'hostile/override',
    });
    await stage.server.call('PATCH', '/api/admin/ai-providers/openrouter', { display_name: 'Open\u202eretuoR' });
    for (const path of [
      '/',
      '/models?provider=openrouter',
      '/models?tab=selected',
      '/providers/openrouter',
      '/usage',
    ]) {
      await page.goto(`${stage.server.origin}${path}`);
      await page.waitForLoadState('networkidle');
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect([path, await turningIn(page)]).toEqual([path, []]);
    }
    await page.goto(`${stage.server.origin}/playground/chat`);
    const picker = page.getByRole('combobox', { name: 'Model', exact: true });
    await until(page, `[...document.querySelectorAll('main input')].some((input) => input.value.includes('U+202E'))`);
    expect(await picker.inputValue()).toContain('Safe U+202Egnp.exe');
    await picker.click();
    await page.getByRole('option', { name: 'OpenU+202EretuoR' }).waitFor();
    expect(await turningIn(page)).toEqual([]);
  });

  it('and nothing was asked of another host', () => {
    expect(complaints).toEqual([]);
  });
});

/**
 * Texts, values, attributes and the title that hold an override or an embedding. Isolates of the panel itself may stand,
 * and so may what is being edited in a form.
 */
const turningIn = (page: Page) =>
  page.evaluate<string[]>(`(() => {
    const turns = /[\\u202a-\\u202e]/;
    const found = [document.title, document.body.innerText].filter((text) => turns.test(text));
    for (const element of document.querySelectorAll('*')) {
      if (element.matches('form input')) continue;
      for (const { name, value } of element.attributes) if (turns.test(value)) found.push(name + '=' + value);
      if (typeof element.value === 'string' && turns.test(element.value)) found.push(element.tagName + ' ' + element.value);
    }
    return found.map((text) => text.slice(0, 120));
  })()`);
