import { AxeBuilder } from '@axe-core/playwright';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { type Look, nameOf, openContext, shoot, signIn } from './support/browser.js';
import { describeInBrowser, type Stage } from './support/stage.js';
import { GOOD_KEY } from './support/upstream.js';

const LOOKS: readonly Look[] = [
  { language: 'en', scheme: 'light' },
  { language: 'en', scheme: 'dark' },
  { language: 'fa', scheme: 'light' },
  { language: 'fa', scheme: 'dark' },
];

const PAGES: readonly (readonly [name: string, path: string])[] = [
  ['overview', '/'],
  ['models-browse', '/models?provider=openrouter'],
  ['models-selected', '/models?tab=selected'],
  ['models-history', '/models?tab=history'],
  ['providers', '/providers'],
  ['providers-list', '/providers?view=list'],
  ['provider', '/providers/openrouter'],
  ['provider-new', '/providers/new'],
  ['playground-chat', '/playground/chat'],
  ['playground-content', '/playground/content'],
  ['playground-image', '/playground/image'],
  ['playground-audio', '/playground/audio'],
  ['playground-embedding', '/playground/embedding'],
  ['usage', '/usage'],
  ['people', '/people'],
  ['tokens', '/tokens'],
  ['audit', '/audit'],
  ['settings-keys', '/settings/keys'],
  ['settings-profile', '/settings/profile'],
  ['settings-security', '/settings/security'],
  ['settings-appearance', '/settings/appearance'],
  ['invitation', '/invitation#token=unknown'],
  ['not-found', '/no-such-page'],
];

/** WCAG 2.2 A and AA as far as a machine can tell. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function seriousOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: page }).withTags(TAGS).setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`)
          .slice(0, 3)
          .join(' | ')}`,
    );
}

/** Whether something sticks out of the screen sideways. */
const overflow = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

async function furnish({ server, upstream }: Stage): Promise<void> {
  await server.call('PATCH', '/api/admin/ai-providers/openrouter', { api_base_url: upstream.usual, api_key: GOOD_KEY });
  await server.call('POST', '/api/admin/ai-models/sync', { provider: 'openrouter' });
  await server.call('POST', '/api/admin/ai-models/select-model', {
    provider: 'openrouter',
    capability: 'chat',
    model_id: 'hostile/override',
  });
  await server.call('POST', '/api/admin/ai/chat/send', { message: 'Hello' });
  await server.call('POST', '/api/admin/admins', { email: 'sara@example.com', name: 'سارا', role: 'admin' });
}

describeInBrowser('every page for everybody', (stage) => {
  beforeAll(() => furnish(stage));

  describe.each(LOOKS.map((look) => [nameOf(look), look] as const))('%s', (_name, look) => {
    let context: BrowserContext;
    let page: Page;

    beforeAll(async () => {
      ({ context } = await openContext(stage.browser, look));
      page = await context.newPage();
    });

    it('sign-in has no serious violation', async () => {
      await page.goto(stage.server.origin);
      await page.locator('input[type=email]').waitFor();
      await shoot(page, 'sign-in', look);
      expect(await seriousOf(page)).toEqual([]);
      await signIn(page, stage.server.origin, stage.server.email, stage.server.password);
    });

    it.each(PAGES)('%s has no serious violation and stays on the screen', async (name, path) => {
      await page.goto(`${stage.server.origin}${path}`);
      await page.waitForLoadState('networkidle');
      await shoot(page, name, look);
      expect(await page.locator('html').getAttribute('dir')).toBe(look.language === 'fa' ? 'rtl' : 'ltr');
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(await seriousOf(page)).toEqual([]);
    });

    it('the check itself finds a fault that is put there', async () => {
      await page.evaluate(`document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button>')`);
      expect((await seriousOf(page)).join()).toContain('button-name');
    });

    it('the dialog that switches a model has no serious violation', async () => {
      await page.goto(`${stage.server.origin}/models?provider=openrouter`);
      await page.locator('[role=row] button:not([disabled])').nth(8).waitFor();
      await page.locator('[role=cell]:last-child button:not([disabled])').first().click();
      await page.getByRole('dialog').waitFor();
      await shoot(page, 'select-dialog', look);
      expect(await seriousOf(page)).toEqual([]);
      await context.close();
    });
  });

  describe('fa-dark-390', () => {
    const look = { language: 'fa', scheme: 'dark', width: 390 } as const;
    let page: Page;

    beforeAll(async () => {
      const { context } = await openContext(stage.browser, look);
      page = await context.newPage();
      await page.goto(stage.server.origin);
      await page.locator('input[type=email]').fill(stage.server.email);
      await page.locator('input[type=password]').fill(stage.server.password);
      await page.locator('button[type=submit]').click();
      await page.getByRole('heading', { name: 'نمای کلی' }).waitFor();
    });

    it.each(PAGES)('%s fits a screen of 390 pixels', async (name, path) => {
      await page.goto(`${stage.server.origin}${path}`);
      await page.waitForLoadState('networkidle');
      await shoot(page, name, look);
      expect(await page.locator('input[type=email][autocomplete=username]').count()).toBe(0);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
    });
  });
});
