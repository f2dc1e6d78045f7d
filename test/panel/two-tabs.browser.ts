import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { openContext, shoot, signIn } from './support/browser.js';
import { describeInBrowser } from './support/stage.js';

const LOOK = { language: 'en', scheme: 'light' } as const;

interface SavedProvider {
  readonly display_name: string;
  readonly config: { readonly timeout?: number; readonly max_retry?: number };
}

describeInBrowser('two tabs, one provider', (stage) => {
  let context: BrowserContext;
  let first: Page;
  let second: Page;

  beforeAll(async () => {
    const { server, browser } = stage;
    ({ context } = await openContext(browser, LOOK));
    first = await context.newPage();
    second = await context.newPage();
    for (const tab of [first, second]) tab.setDefaultTimeout(60_000);
    await signIn(first, server.origin, server.email, server.password);
    for (const tab of [first, second]) {
      await tab.goto(`${server.origin}/providers/groq`);
      await tab.getByLabel('Display name').waitFor();
    }
  });
  afterAll(() => context?.close());

  const field = (tab: Page, label: string) => tab.getByRole('textbox', { name: label });
  const save = (tab: Page) => tab.getByRole('button', { name: 'Save', exact: true }).click();
  const conflict = (tab: Page) => tab.getByText('Someone else has saved in the meantime');
  const stored = () => stage.server.call<SavedProvider>('GET', '/api/admin/ai-providers/groq');

  it('the second save is stopped, keeps what was typed, and goes through on top of the first', async () => {
    await field(second, 'Timeout (seconds)').fill('77');
    await field(first, 'Display name').fill('Groq of the first');
    await save(first);
    await first.getByRole('heading', { name: 'Groq of the first', level: 1 }).waitFor();
    await save(second);
    await conflict(second).waitFor();
    expect((await stored()).config.timeout).not.toBe(77);
    await shoot(second, 'two-tabs-conflict', LOOK);

    await second.getByRole('button', { name: 'Load the new state' }).click();
    await conflict(second).waitFor({ state: 'hidden' });
    expect(await field(second, 'Display name').inputValue()).toBe('Groq of the first');
    expect(await field(second, 'Timeout (seconds)').inputValue()).toBe('77');
    await save(second);
    await second.getByText('Saved', { exact: true }).waitFor();
    expect(await stored()).toMatchObject({ display_name: 'Groq of the first', config: { timeout: 77 } });
  });

  it('saving over it changes only what was typed here', async () => {
    await second.reload();
    await field(second, 'Retries at most').fill('5');
    await first.reload();
    await field(first, 'Display name').fill('Groq again');
    await save(first);
    await first.getByRole('heading', { name: 'Groq again', level: 1 }).waitFor();
    await save(second);
    await conflict(second).waitFor();
    await second.getByRole('button', { name: 'Save mine' }).click();
    await conflict(second).waitFor({ state: 'hidden' });
    await second.getByText('Saved', { exact: true }).waitFor();
    expect(await stored()).toMatchObject({ display_name: 'Groq again', config: { timeout: 77, max_retry: 5 } });
  });

  it('a form that nobody has touched follows the other tab without a word', async () => {
    await first.reload();
    await field(first, 'Display name').waitFor();
    await second.reload();
    await field(second, 'Display name').fill('Groq at last');
    await save(second);
    await second.getByText('Saved', { exact: true }).waitFor();
    await first.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
    await first.goto(`${stage.server.origin}/providers`);
    await first.getByRole('link', { name: /Groq at last/ }).click();
    await first.getByRole('heading', { name: 'Groq at last', level: 1 }).waitFor();
    expect(await field(first, 'Display name').inputValue()).toBe('Groq at last');
  });

  it('a lost session keeps the form of a dialog, too', async () => {
    await first.goto(`${stage.server.origin}/tokens`);
    await first.getByRole('button', { name: 'New token' }).first().click();
    await first.getByLabel('Name').fill('Half written');
    await context.clearCookies();
    await first.getByRole('button', { name: 'Make token' }).click();
    const again = first.getByRole('dialog', { name: /Your session has ended/ });
    await again.getByLabel('Password').fill(stage.server.password);
    await again.getByRole('button', { name: 'Sign in' }).click();
    await again.waitFor({ state: 'hidden' });
    expect(await first.getByLabel('Name').inputValue()).toBe('Half written');
    await first.getByRole('button', { name: 'Make token' }).click();
    await first.getByRole('dialog').getByText(/^sb_/).waitFor();
  });
});
