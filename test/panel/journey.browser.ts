import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { openContext, shoot, signIn, until } from './support/browser.js';
import { describeInBrowser } from './support/stage.js';
import { GOOD_KEY } from './support/upstream.js';

const LOOK = { language: 'en', scheme: 'light' } as const;
const WAIT = { timeout: 20_000 };

describeInBrowser('from the first start to usage, in the panel', (stage) => {
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    await stage.server.call('PATCH', '/api/admin/ai-providers/openrouter', { api_base_url: stage.upstream.usual });
    ({ context, complaints } = await openContext(stage.browser, LOOK));
    page = await context.newPage();
    page.setDefaultTimeout(WAIT.timeout);
  });
  afterAll(() => context?.close());

  const open = (path: string) => page.goto(`${stage.server.origin}${path}`);
  const chat = async (text: string) => {
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill(text);
    await page.keyboard.press('Enter');
  };

  it('refuses a wrong password and keeps the address, then signs in', async () => {
    await page.goto(stage.server.origin);
    await page.getByLabel('E-mail').fill(stage.server.email);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('E-mail').inputValue()).toBe(stage.server.email);
    await signIn(page, stage.server.origin, stage.server.email, stage.server.password);
  });

  it('says what is missing at first, and leads there', async () => {
    await page.getByText('Three steps to the first real answer').waitFor();
    expect(await page.getByRole('article').count()).toBe(6);
    await shoot(page, 'journey-1-first-start', LOOK);
    await page.getByRole('link', { name: 'Choose a provider' }).click();
    await page.getByRole('heading', { name: 'Providers', level: 1 }).waitFor();
  });

  it('takes a key, shows that a wrong one is refused and the right one accepted, and never shows it again', async () => {
    await page.getByRole('link', { name: /OpenRouter/ }).click();
    const section = page.getByRole('region', { name: 'Shared key' });
    await section.getByLabel('API key').fill('sk-or-v1-wrong-key-9876');
    await section.getByRole('button', { name: 'Save and check' }).click();
    await section.getByText(/••••9876/).waitFor();
    await section
      .getByText(/refused|refuses|401|not accept|rejected|invalid/i)
      .first()
      .waitFor();
    await section.getByRole('button', { name: 'Replace' }).click();
    await section.getByLabel('API key').fill(GOOD_KEY);
    await section.getByRole('button', { name: 'Save and check' }).click();
    await section.getByText('The provider accepts this key.').waitFor();
    await section.getByText(/••••4321/).waitFor();
    expect(await page.content()).not.toContain(GOOD_KEY);
    await shoot(page, 'journey-2-key', LOOK);
  });

  it('syncs and browses the whole list', async () => {
    await page.getByRole('button', { name: 'Sync now' }).click();
    await page.getByText(/\d+ new/).waitFor();
    await page.getByRole('link', { name: 'Browse models' }).click();
    await page.getByText(/4\d\d of 4\d\d/).waitFor();
    await shoot(page, 'journey-3-browse', LOOK);
  });

  it('selects a model after showing old and new, and takes it back', async () => {
    await page.getByLabel('Search models').fill('persian');
    await page.getByRole('button', { name: 'Select مدل کتابی علی' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('sandbox-chat').waitFor();
    await dialog.getByText('maker/persian').waitFor();
    await shoot(page, 'journey-4-select', LOOK);
    await dialog.getByRole('button', { name: 'Switch', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    const active = async () =>
      (
        await stage.server.call<{ data: { capability: string; is_active: boolean; model_id: string }[] }>(
          'GET',
          '/api/admin/ai-models',
        )
      ).data.find((row) => row.capability === 'chat' && row.is_active)?.model_id;
    expect(await active()).toBe('maker/persian');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Back to the previous model').waitFor();
    expect(await active()).toBe('sandbox-chat');
    await page.getByRole('button', { name: 'Select مدل کتابی علی' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Switch', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await active()).toBe('maker/persian');
  });

  it('chats, streamed, with tokens, cost and time to the first token', async () => {
    await open('/playground/chat');
    stage.upstream.pace = 30;
    await chat('Hello?');
    const log = page.getByRole('log');
    await log.getByText(/from the em/).waitFor();
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await log.getByText('21 in, 34 out').waitFor();
    await log.getByText(/first token/).waitFor();
    await log.getByText('openrouter/maker/persian').waitFor();
    await shoot(page, 'journey-5-chat', LOOK);
  });

  it('stops a stream on request and says so', async () => {
    stage.upstream.pace = 120;
    await chat('And now slowly');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('log').getByText('Stopped', { exact: true }).waitFor();
    stage.upstream.pace = 15;
  });

  it('the next answer comes from the model that was switched to', async () => {
    await stage.server.call('POST', '/api/admin/ai-models/select-model', {
      provider: 'openrouter',
      capability: 'chat',
      model_id: 'hostile/markup',
    });
    await chat('Who are you?');
    await page.getByRole('log').getByText('openrouter/hostile/markup').waitFor();
  });

  it('makes an article, a picture and a recording', async () => {
    await open('/playground/content');
    await page.getByLabel(/Topic/).fill('Switchboards of the nineteenth century');
    await page.getByRole('button', { name: 'Generate' }).click();
    await page.getByText(/Title \d+ \/ 60/).waitFor();
    await shoot(page, 'journey-6-content', LOOK);
    await open('/playground/image');
    await page.getByLabel(/What should be in the picture/).fill('A brass switchboard');
    await page.getByRole('button', { name: 'Generate' }).click();
    const picture = page.locator('figure img');
    await picture.waitFor();
    await until(page, `document.querySelector('figure img')?.naturalWidth === 1024`);
    await shoot(page, 'journey-7-image', LOOK);
    await open('/playground/audio');
    await page.getByLabel(/Text to be spoken/).fill('One moment please');
    await page.getByRole('button', { name: 'Generate' }).click();
    await until(page, `document.querySelector('audio')?.duration > 0`);
    await shoot(page, 'journey-8-audio', LOOK);
  });

  it('shows the use of all four capabilities', async () => {
    await open('/usage');
    for (const capability of ['Chat', 'Content', 'Image', 'Audio'])
      await page
        .getByRole('table', { name: 'By capability' })
        .getByRole('cell', { name: capability, exact: true })
        .waitFor();
    await page.getByRole('table', { name: 'Ledger' }).getByText('Aborted').first().waitFor();
    await shoot(page, 'journey-9-usage', LOOK);
  });

  it('keeps a form when the session is lost in the middle of it', async () => {
    await open('/providers/openrouter');
    await page.getByLabel('Display name').fill('OpenRouter renamed');
    await context.clearCookies();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Password').fill(stage.server.password);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.getByLabel('Display name').inputValue()).toBe('OpenRouter renamed');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { name: 'OpenRouter renamed' }).waitFor();
  });

  it('limits a second admin, who is stopped there and told why', async () => {
    const password = 'another long password 8';
    await stage.server.call('POST', '/api/admin/admins', {
      email: 'second@example.com',
      name: 'Second',
      role: 'admin',
      password,
    });
    await page.getByRole('switch', { name: 'Admins may use the shared key' }).check({ force: true });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await open('/people');
    await page.getByRole('button', { name: 'Actions for Second' }).click();
    await page.getByRole('menuitem', { name: 'Set limits' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Provider' }).fill('openrouter');
    await page.getByRole('option', { name: 'OpenRouter renamed' }).click();
    await dialog.getByLabel('Requests per month').fill('2');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });

    const look = { language: 'fa', scheme: 'dark', width: 390 } as const;
    const second = await openContext(stage.browser, look);
    const hers = await second.context.newPage();
    hers.setDefaultTimeout(WAIT.timeout);
    await hers.goto(stage.server.origin);
    await hers.locator('input[type=email]').fill('second@example.com');
    await hers.locator('input[type=password]').fill(password);
    await hers.locator('button[type=submit]').click();
    await hers.getByRole('heading', { name: 'نمای کلی' }).waitFor();
    await shoot(hers, 'journey-10-second', look);
    await hers.goto(`${stage.server.origin}/playground/chat`);
    const message = hers.getByRole('textbox', { name: 'پیام', exact: true });
    for (const answers of [1, 2]) {
      await message.fill('سلام');
      await message.press('Enter');
      await hers
        .getByText('21 ورودی، 34 خروجی')
        .nth(answers - 1)
        .waitFor();
    }
    await message.fill('یکی دیگر');
    await message.press('Enter');
    await hers.getByRole('log').getByRole('alert').waitFor();
    expect(await hers.getByRole('log').getByRole('alert').innerText()).toMatch(/limit/i);
    await shoot(hers, 'journey-11-limit', look);
    await hers.goto(`${stage.server.origin}/settings/keys`);
    await hers.getByText('2 از 2 درخواست').waitFor();
    await hers.goto(`${stage.server.origin}/people`);
    await hers.getByText('به این بخش دسترسی ندارید').waitFor();
    expect(second.complaints).toEqual([]);
    await second.context.close();
  });

  it('broke no rule of the content security policy, asked no other host, threw nothing', () => {
    expect(complaints).toEqual([]);
  });
});
