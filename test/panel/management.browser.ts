import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { openContext, shoot, signIn } from './support/browser.js';
import { describeInBrowser } from './support/stage.js';

const LOOK = { language: 'en', scheme: 'light' } as const;

describeInBrowser('managing by the panel', (stage) => {
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    ({ context, complaints } = await openContext(stage.browser, LOOK));
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await signIn(page, stage.server.origin, stage.server.email, stage.server.password);
  });
  afterAll(() => context?.close());

  const open = (path: string) => page.goto(`${stage.server.origin}${path}`);

  it('adds providers from pasted JSON after showing what will change', async () => {
    await open('/providers/new');
    await page.getByRole('tab', { name: 'From JSON' }).click();
    await page.getByLabel('Provider JSON').fill('{"slug": "acme"}');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('alert').getByText('#1: name').waitFor();
    const entry = { slug: 'acme', name: 'Acme', api_base_url: 'https://api.example.com/v1' };
    const changed = {
      slug: 'groq',
      name: 'Groq',
      api_base_url: 'https://api.groq.com/openai/v1',
      display_name: 'Groq Cloud',
    };
    await page.getByLabel('Provider JSON').fill(JSON.stringify([entry, changed]));
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('This will happen').waitFor();
    await page.getByRole('table', { name: 'groq' }).getByText('Groq Cloud').waitFor();
    await shoot(page, 'management-1-preview', LOOK);
    await page.getByRole('button', { name: 'Save 2 providers' }).click();
    await page.getByRole('heading', { name: 'Providers', level: 1 }).waitFor();
    await page.getByRole('link', { name: /Acme/ }).waitFor();
    await page.getByRole('link', { name: /Groq Cloud/ }).waitFor();
  });

  it('adds one by form, and says which field the server refuses', async () => {
    await open('/providers/new');
    await page.getByLabel('Name').fill('Inner Network');
    expect(await page.getByLabel('Slug').inputValue()).toBe('inner-network');
    await page.getByLabel('Base URL').fill('http://169.254.169.254/v1');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('button', { name: 'Save provider' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toMatch(/URL not allowed/i);
    await page.getByRole('button', { name: 'Back' }).click();
    expect(await page.getByLabel('Name').inputValue()).toBe('Inner Network');
  });

  it('removes a provider after asking', async () => {
    await open('/providers/acme');
    await page.getByRole('button', { name: 'Remove provider' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'Providers', level: 1 }).waitFor();
    expect(await page.getByRole('link', { name: /Acme/ }).count()).toBe(0);
  });

  it('shows a new person’s password once', async () => {
    await open('/people');
    await page.getByRole('button', { name: 'Add person' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail').fill('nora@example.com');
    await dialog.getByLabel('Name').fill('Nora');
    await dialog.getByRole('button', { name: 'Create account' }).click();
    const password = await dialog.locator('.identifier').innerText();
    expect(password.length).toBeGreaterThanOrEqual(12);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByText('nora@example.com').waitFor();
    expect(await page.content()).not.toContain(password);
  });

  it('invites a person by a link that works once', async () => {
    await open('/people');
    await page.getByRole('button', { name: 'Invite' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail').fill('ida@example.com');
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    const link = await dialog.locator('.identifier').innerText();
    await dialog.getByRole('button', { name: 'Done' }).click();
    const row = page.getByRole('table', { name: 'Invitations' }).getByRole('row', { name: /ida@example.com/ });
    await row.getByText('Open').waitFor();

    const invited = await openContext(stage.browser, LOOK);
    const hers = await invited.context.newPage();
    hers.setDefaultTimeout(60_000);
    await hers.goto(link);
    await hers.getByText('ida@example.com').waitFor();
    expect(hers.url()).not.toContain('token');
    await shoot(hers, 'management-5-invitation', LOOK);
    await hers.getByLabel('Name').fill('Ida');
    await hers.getByLabel('Password').fill('a password of my own 3');
    await hers.getByRole('button', { name: 'Make my account' }).click();
    await hers.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    await hers.goto(link);
    await hers.getByRole('heading', { name: 'This invitation does not work' }).waitFor();
    expect(invited.complaints).toEqual([]);
    await invited.context.close();
    await open('/people');
    await row.getByText('Accepted').waitFor();
  });

  it('the code that the playground shows does what the playground did', async () => {
    const { token } = await stage.server.call<{ token: string }>('POST', '/api/admin/tokens', { name: 'curl' });
    await open('/playground/chat');
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill('It\'s "quoted" & $HOME');
    await page.getByRole('button', { name: 'Show code' }).click();
    const codes: string[] = [];
    for (const tab of ['curl', 'Admin API']) {
      await page.getByRole('tab', { name: tab }).click();
      codes.push(await page.locator(`pre[aria-label="${tab}"]`).innerText());
    }
    await shoot(page, 'management-2-code', LOOK);
    const [gateway, admin] = codes.map((code) => run(code, token));
    expect(gateway).toContain('data: [DONE]');
    expect(JSON.parse(admin ?? '')).toMatchObject({ message: 'It\'s "quoted" & $HOME', provider: { slug: 'sandbox' } });
  });

  it('schedules a switch, shows it waiting, and calls it off', async () => {
    await open('/models?provider=sandbox&capability=content');
    await page.getByText(/^\d+ of \d+$/).waitFor();
    await page.getByLabel('Search models').fill('sandbox-next');
    await page.getByRole('button', { name: 'Use this id anyway' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The catalog does not list this id. It will be used as it is.').waitFor();
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
    await dialog.getByRole('radio', { name: 'Later' }).check();
    await dialog.getByLabel('Date and time').fill(tomorrow);
    await shoot(page, 'management-4-schedule', LOOK);
    await dialog.getByRole('button', { name: 'Schedule' }).click();
    await page.getByText(/It will switch on/).waitFor();
    await open('/models?tab=selected');
    const waiting = page.getByRole('region', { name: 'Waiting for their time' });
    await waiting.getByText(/sandbox\//).waitFor();
    await waiting.getByRole('button', { name: 'Call off' }).click();
    await waiting.waitFor({ state: 'hidden' });
  });

  it('turns the second factor on, asks for it at sign-in, and turns it off', async () => {
    await open('/settings/security');
    await page.getByLabel('Current password').fill(stage.server.password);
    await page.getByRole('button', { name: 'Turn on' }).click();
    const secret = await page.getByRole('alert').locator('.identifier').innerText();
    await page.getByLabel('Code from your authenticator app').fill(totp(secret));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('button', { name: 'Turn off' }).waitFor();

    await page.getByRole('button', { name: 'Account', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail').fill(stage.server.email);
    await page.getByLabel('Password').fill(stage.server.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('Code from your authenticator app').fill(totp(secret));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('navigation').waitFor();

    await open('/settings/security');
    await page.getByLabel('Current password').fill(stage.server.password);
    await page.getByRole('button', { name: 'Turn off' }).click();
    await page.getByRole('button', { name: 'Turn on' }).waitFor();
  });

  it('changes the password and ends the other sessions', async () => {
    const other = await openContext(stage.browser, LOOK);
    const elsewhere = await other.context.newPage();
    await signIn(elsewhere, stage.server.origin, stage.server.email, stage.server.password);
    await open('/settings/profile');
    await page.getByLabel('Current password').fill(stage.server.password);
    await page.getByLabel('New password').fill('a new password nobody guesses 5');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('The password is changed').waitFor();
    await elsewhere.goto(stage.server.origin);
    await elsewhere.locator('input[type=email]').waitFor();
    await other.context.close();
    await open('/settings/security');
    await page.getByRole('button', { name: 'End', exact: true }).first().waitFor();
    expect(await page.getByRole('button', { name: 'End', exact: true }).count()).toBe(1);
  });

  it('wrote it all into the audit, and broke no rule on the way', async () => {
    await open('/audit');
    await page.getByRole('table', { name: 'Audit' }).getByText('provider.create').first().waitFor();
    await shoot(page, 'management-3-audit', LOOK);
    expect(complaints).toEqual([]);
  });
});

/** Runs a shown command as a reader would: in a shell, with a token of her own. */
const run = (command: string, token: string): string =>
  execFileSync('bash', ['-c', command], {
    env: { PATH: process.env['PATH'], SWITCHBOARD_TOKEN: token },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

/** RFC 6238 with the usual parameters. */
function totp(secret: string, now = Date.now()): string {
  const bits = [...secret].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((octet) => parseInt(octet, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
