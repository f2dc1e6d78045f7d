import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Where Debian and others put Chromium; CHROMIUM_PATH names another place. */
const CANDIDATES = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

export const chromiumPath = (): string | undefined =>
  CANDIDATES.find((path): path is string => path !== undefined && existsSync(path));

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath() ?? '', args: FLAGS });

export interface Look {
  readonly language: 'en' | 'fa';
  readonly scheme: 'light' | 'dark';
  readonly width?: number;
}

export const nameOf = ({ language, scheme, width }: Look): string =>
  [language, scheme, ...(width === undefined ? [] : [width])].join('-');

/** A context with a language and a colour scheme, and everything that a page complained of. */
export async function openContext(
  browser: Browser,
  { language, scheme, width }: Look,
): Promise<{ context: BrowserContext; complaints: string[] }> {
  const context = await browser.newContext({
    viewport: { width: width ?? 1360, height: width === undefined ? 900 : 844 },
    locale: language === 'fa' ? 'fa-IR' : 'en-GB',
    reducedMotion: 'reduce',
  });
  await context.addInitScript(
    ([wantedLanguage, wantedScheme]) => {
      const { location } = globalThis as unknown as { location: { protocol: string } };
      // Not on about:blank, which has no storage.
      if (!location.protocol.startsWith('http')) return;
      localStorage.setItem('switchboard.language', wantedLanguage ?? 'en');
      localStorage.setItem('switchboard.scheme', wantedScheme ?? 'light');
    },
    [language, scheme],
  );
  const complaints: string[] = [];
  context.on('page', (page) => {
    page.on('pageerror', (error) => complaints.push(`${page.url()} threw ${error.message}`));
    page.on('console', (message) => {
      if (/content security policy|violates/i.test(message.text())) complaints.push(`${page.url()} ${message.text()}`);
    });
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && page.url().startsWith('http') && origin !== new URL(page.url()).origin)
        complaints.push(`${page.url()} asked another host: ${request.url()}`);
    });
  });
  return { context, complaints };
}

const SHOTS = 'coverage/panel-screenshots';

/** Writes what is on the screen to a folder outside git, to be looked at. */
export async function shoot(page: Page, name: string, look: Look): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}-${nameOf(look)}.png`) });
}

export async function signIn(page: Page, origin: string, email: string, password: string): Promise<void> {
  await page.goto(origin);
  await page.locator('input[type=email]').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.locator('button[type=submit]').click();
  await page.getByRole('navigation').waitFor();
}

/** Waits until an expression holds in the page. Playwright's own way needs `eval` there, which the policy forbids. */
export async function until(page: Page, expression: string, timeoutMs = 20_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await page.evaluate<boolean>(`Boolean(${expression})`))) {
    if (Date.now() > deadline) throw new Error(`Never true in the page: ${expression}`);
    await page.waitForTimeout(100);
  }
}
