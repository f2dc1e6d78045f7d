import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { BrowserContext, Page, Route } from 'playwright-core';
import { openContext, shoot, signIn, until } from './support/browser.js';
import { describeInBrowser } from './support/stage.js';
import { GOOD_KEY } from './support/upstream.js';

const LOOK = { language: 'en', scheme: 'light' } as const;

const problem =
  (status: number, code: string, title: string, headers: Record<string, string> = {}) =>
  (route: Route) =>
    route.fulfill({
      status,
      headers: { 'content-type': 'application/problem+json', ...headers },
      body: JSON.stringify({ type: 'about:blank', title, status, code, detail: `${title}.`, request_id: 'r-77' }),
    });

describeInBrowser('F66: when something goes wrong, it shows and nothing is lost', (stage) => {
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    ({ context } = await openContext(stage.browser, LOOK));
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await signIn(page, stage.server.origin, stage.server.email, stage.server.password);
  });
  afterAll(() => context?.close());

  const open = (path: string) => page.goto(`${stage.server.origin}${path}`);
  const name = () => page.getByLabel('Display name');
  const save = () => page.getByRole('button', { name: 'Save', exact: true });

  it('a save that came second (412) asks which state counts, and keeps the form', async () => {
    await open('/providers/groq');
    await name().fill('Groq mine');
    const address = '**/api/admin/ai-providers/groq';
    await page.route(address, (route) =>
      route.request().method() === 'PATCH'
        ? problem(412, 'precondition_failed', 'Changed by someone else')(route)
        : route.continue(),
    );
    await save().click();
    await page.getByText('Someone else has saved in the meantime').waitFor();
    expect(await name().inputValue()).toBe('Groq mine');
    await shoot(page, 'state-conflict', LOOK);
    await page.unroute(address);
    await page.getByRole('button', { name: 'Save mine' }).click();
    await page.getByRole('heading', { name: 'Groq mine', level: 1 }).waitFor();
  });

  it('a switch that came second (412) shows what serves now before it is pressed again', async () => {
    const { server, upstream } = stage;
    await server.call('PATCH', '/api/admin/ai-providers/openrouter', {
      api_base_url: upstream.usual,
      api_key: GOOD_KEY,
    });
    await server.call('POST', '/api/admin/ai-models/sync', { provider: 'openrouter' });
    await open('/models?provider=openrouter');
    await page.getByLabel('Search models').fill('persian');
    await page.getByRole('button', { name: 'Select مدل کتابی علی' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('sandbox-chat').waitFor();
    await server.call('POST', '/api/admin/ai-models/select-model', {
      provider: 'openrouter',
      capability: 'chat',
      model_id: 'hostile/markup',
    });
    await dialog.getByRole('button', { name: 'Switch', exact: true }).click();
    await dialog.getByText('Someone else has saved in the meantime').waitFor();
    await dialog.getByRole('button', { name: 'Load the new state' }).click();
    await dialog.getByText('hostile/markup').waitFor();
    await dialog.getByRole('button', { name: 'Switch', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('Chat is now served by').waitFor();
    await open('/providers/groq');
    await page.getByRole('heading', { name: 'Groq mine', level: 1 }).waitFor();
  });

  it('a server in trouble (503) is named with the number of the request, and the form stays', async () => {
    await name().fill('Groq again');
    const address = '**/api/admin/ai-providers/groq';
    await page.route(address, problem(503, 'service_unavailable', 'Service unavailable', { 'retry-after': '7' }));
    await save().click();
    await page.getByRole('alert').getByText('r-77').waitFor();
    await page.getByRole('alert').getByText('Try again in 7 seconds.').waitFor();
    expect(await name().inputValue()).toBe('Groq again');
    await page.unroute(address);
  });

  it('no network: says so, keeps what is loaded, and goes on when it is back', async () => {
    await context.setOffline(true);
    await page.getByText('You can read what is loaded; changes have to wait.').waitFor();
    await save().click();
    await page.getByRole('alert').getByText('No connection to the server').waitFor();
    await shoot(page, 'state-offline', LOOK);
    await context.setOffline(false);
    await save().click();
    await page.getByRole('heading', { name: 'Groq again', level: 1 }).waitFor();
  });

  it('a page whose data cannot be had offers to try again', async () => {
    await page.route('**/api/admin/tokens*', problem(500, 'internal', 'Internal error'));
    await open('/tokens');
    await page.getByText('Internal error', { exact: true }).waitFor();
    await shoot(page, 'state-error', LOOK);
    await page.unroute('**/api/admin/tokens*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('No tokens yet').waitFor();
  });

  it('a double click makes one token', async () => {
    await page.getByRole('button', { name: 'New token' }).click();
    await page.getByLabel('Name').fill('Once');
    await page.route('**/api/admin/tokens', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue();
    });
    await page.getByRole('button', { name: 'Make token' }).dblclick();
    await page
      .getByRole('dialog')
      .getByText(/^sb_.{30}/)
      .waitFor();
    await page.unroute('**/api/admin/tokens');
    const { total } = await stage.server.call<{ total: number }>('GET', '/api/admin/tokens');
    expect(total).toBe(1);
    await page.getByRole('button', { name: 'Done' }).click();
    expect(await page.content()).not.toMatch(/sb_[A-Za-z0-9_-]{20}/);
  });

  it('a tab older than the server (its chunk is gone) offers to reload', async () => {
    await open('/');
    await page.route('**/assets/people-page-*.js', (route) => route.fulfill({ status: 404, body: '' }));
    await page.getByRole('link', { name: 'People' }).click();
    await page.getByText('A newer version is installed').waitFor();
    await page.unroute('**/assets/people-page-*.js');
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
  });

  it('the keyboard alone reaches the content, opens a menu and closes a dialog', async () => {
    await open('/people');
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content');
    await page.keyboard.press('Enter');
    await until(page, `document.activeElement.id === 'main'`);
    await page.keyboard.press('Tab');
    await until(page, `document.activeElement.textContent === 'Add person'`);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await until(page, `document.activeElement.textContent === 'Add person'`);
  });
});
