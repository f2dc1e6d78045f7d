import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { openContext, signIn } from './support/browser.js';
import { describeInBrowser } from './support/stage.js';

const CALLS = 3;

describeInBrowser('the ledger as a file', (stage) => {
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    const { server, browser } = stage;
    for (let call = 1; call <= CALLS; call += 1)
      await server.call('POST', '/api/admin/ai/chat/send', { message: `Call ${call}` });
    ({ context } = await openContext(browser, { language: 'en', scheme: 'light' }));
    page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await signIn(page, server.origin, server.email, server.password);
    await page.goto(`${server.origin}/usage`);
    // Calls reach the ledger in batches, after their answers.
    const lines = page.getByRole('table', { name: 'Ledger' }).getByText('sandbox/sandbox-chat');
    while ((await lines.count()) < CALLS) {
      await page.waitForTimeout(250);
      await page.reload();
      await page.getByRole('heading', { name: 'Ledger' }).waitFor();
      await page.waitForLoadState('networkidle');
    }
  });
  afterAll(() => context?.close());

  async function download(format: string): Promise<{ readonly name: string; readonly text: string }> {
    await page.getByRole('button', { name: 'Export' }).click();
    const coming = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: format }).click();
    const file = await coming;
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
  }

  it('comes as CSV that a spreadsheet can read', async () => {
    const { name, text } = await download('CSV');
    expect(name).toBe('generations.csv');
    const [head = '', ...lines] = text
      .replace(/^\ufeff/, '')
      .trim()
      .split(/\r?\n/);
    const columns = head.split(',');
    expect(columns).toEqual(expect.arrayContaining(['request_id', 'provider', 'model_id', 'cost_usd']));
    expect(lines).toHaveLength(CALLS);
    for (const line of lines) expect(line.split(',')[columns.indexOf('provider')]).toBe('sandbox');
  });

  it('comes as JSON with the same rows', async () => {
    const { name, text } = await download('JSON');
    expect(name).toBe('generations.json');
    const parsed = JSON.parse(text) as unknown;
    const rows = (Array.isArray(parsed) ? parsed : (parsed as { data: unknown[] }).data) as Record<string, unknown>[];
    expect(rows).toHaveLength(CALLS);
    expect(rows[0]).toMatchObject({ provider: 'sandbox', capability: 'chat' });
  });
});
