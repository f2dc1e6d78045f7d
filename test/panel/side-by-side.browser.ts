import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { openContext, shoot, signIn } from './support/browser.js';
import { describeInBrowser } from './support/stage.js';
import { BROKEN, GOOD_KEY } from './support/upstream.js';

const LOOK = { language: 'en', scheme: 'light' } as const;

describeInBrowser('two models side by side', (stage) => {
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
    page.setDefaultTimeout(60_000);
    await signIn(page, server.origin, server.email, server.password);
    await page.goto(`${server.origin}/playground/chat`);
  });
  afterAll(() => context?.close());

  const column = (number: number) => page.getByRole('region', { name: `Conversation ${number}` });
  const log = (number: number) => page.getByRole('log', { name: `Conversation ${number}` });
  const say = async (text: string) => {
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill(text);
    await page.keyboard.press('Enter');
  };
  const choose = async (number: number, modelId: string) => {
    const provider = column(number).getByRole('combobox', { name: 'Model', exact: true });
    await provider.fill('OpenRouter');
    await page.getByRole('option', { name: 'OpenRouter' }).click();
    const model = column(number).getByRole('combobox', { name: 'Model id' });
    await model.fill(modelId);
    await model.press('Tab');
  };

  it('asks both at once and shows who said what at which cost', async () => {
    await page.getByRole('button', { name: 'Side by side' }).click();
    await choose(2, 'maker/persian');
    await say('Hello, both of you');
    await log(1).getByText('sandbox/sandbox-chat').waitFor();
    await log(2).getByText('openrouter/maker/persian').waitFor();
    await log(2).getByText('21 in, 34 out').waitFor();
    expect(await page.getByText('Hello, both of you', { exact: true }).count()).toBe(2);
    await shoot(page, 'side-by-side', LOOK);
  });

  it('one that fails leaves the other alone', async () => {
    await choose(2, BROKEN);
    await say('And now?');
    await log(2).getByRole('alert').waitFor();
    await log(1).getByText('sandbox/sandbox-chat').nth(1).waitFor();
    expect(await log(1).getByRole('alert').count()).toBe(0);
  });

  it('stops both with one press', async () => {
    await choose(1, 'hostile/markup');
    await choose(2, 'maker/persian');
    stage.upstream.pace = 400;
    await say('Slowly, please');
    await page.getByRole('button', { name: 'Stop' }).click();
    await log(1).getByText('Stopped', { exact: true }).waitFor();
    await log(2).getByText('Stopped', { exact: true }).waitFor();
    stage.upstream.pace = 15;
    await page.getByRole('button', { name: 'Send' }).waitFor();
  });

  it('clears both, and starts again from a suggestion', async () => {
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await log(2).getByText('Say something').waitFor();
    await log(1)
      .getByRole('button', { name: /^Explain/ })
      .click();
    expect(await page.getByRole('textbox', { name: 'Message', exact: true }).inputValue()).toMatch(/^Explain/);
    expect(await page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');
  });
});
