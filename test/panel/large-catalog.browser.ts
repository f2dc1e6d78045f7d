import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openContext, signIn } from './support/browser.js';
import { describeInBrowser } from './support/stage.js';

/** Milliseconds during which a key press may hold the page up. */
const BLOCK_LIMIT_MS = 50;
const FRAMES_PER_SECOND = 50;
/** A machine that does other work now and then takes the page's time: one pass in three has to be clean. */
const PASSES = 3;
const INITIAL_SCRIPT_LIMIT = 350 * 1024;

// Strings, because this file is compiled for Node: they run in the page.
const WATCH_TASKS = `(() => {
  window.longTasks = [];
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.longTasks.push(Math.round(entry.duration))))
    .observe({ type: 'longtask', buffered: false });
})()`;
const SCROLL = `new Promise((resolve) => {
  const element = document.querySelector('[role=table]').parentElement;
  const began = performance.now();
  let frames = 0;
  const step = (now) => {
    frames += 1;
    element.scrollTop += 240;
    if (now - began < 2000) requestAnimationFrame(step);
    else resolve({ perSecond: (frames / (now - began)) * 1000, at: element.scrollTop });
  };
  requestAnimationFrame(step);
})`;

describeInBrowser('a catalog of 10,000 models', (stage) => {
  let page: Page;
  let initialScriptBytes = 0;

  beforeAll(async () => {
    await stage.server.call('POST', '/api/admin/ai-providers', {
      slug: 'large',
      name: 'Large',
      api_base_url: stage.upstream.large,
      api_key: 'sk-large',
    });
    await stage.server.call('POST', '/api/admin/ai-models/sync', { provider: 'large' });
    const { context } = await openContext(stage.browser, { language: 'en', scheme: 'light' });
    page = await context.newPage();
    const scripts: Promise<unknown>[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('.js'))
        scripts.push(
          response
            .request()
            .sizes()
            .then(({ responseBodySize }) => void (initialScriptBytes += responseBodySize)),
        );
    });
    await page.goto(stage.server.origin);
    await page.locator('input[type=email]').waitFor();
    await Promise.all(scripts);
    page.removeAllListeners('response');
    await signIn(page, stage.server.origin, stage.server.email, stage.server.password);
    await page.goto(`${stage.server.origin}/models?provider=large`);
    await page.getByText('10,000 of 10,000').waitFor();
  });

  it('loads less than 350 kB of script at first', () => {
    process.stdout.write(`first load: ${Math.round(initialScriptBytes / 1024)} kB of compressed script\n`);
    expect(initialScriptBytes).toBeGreaterThan(50 * 1024);
    expect(initialScriptBytes).toBeLessThan(INITIAL_SCRIPT_LIMIT);
  });

  it('keeps only the lines in view in the document', async () => {
    expect(await page.locator('[role=row]').count()).toBeLessThan(60);
    expect(await page.locator('[role=table]').getAttribute('aria-rowcount')).toBe('10001');
  });

  it('never blocks for more than 50 ms while one types', async () => {
    await page.waitForTimeout(1000);
    await page.evaluate(WATCH_TASKS);
    const passes: number[][] = [];
    do {
      await page.evaluate('window.longTasks.length = 0');
      await typeAndClear();
      passes.push(await page.evaluate<number[]>('[...window.longTasks]'));
    } while (passes.length < PASSES && passes.at(-1)?.some((duration) => duration > BLOCK_LIMIT_MS));
    process.stdout.write(`typing: tasks over 50 ms per pass: ${JSON.stringify(passes)}\n`);
    expect(passes.at(-1)?.filter((duration) => duration > BLOCK_LIMIT_MS)).toEqual([]);
  });

  it('scrolls at 50 frames a second or more', async () => {
    const passes: number[] = [];
    do {
      const { perSecond, at } = await page.evaluate<{ perSecond: number; at: number }>(SCROLL);
      expect(at).toBeGreaterThan(5000);
      passes.push(Math.round(perSecond));
    } while (passes.length < PASSES && (passes.at(-1) ?? 0) < FRAMES_PER_SECOND);
    process.stdout.write(`scrolling: frames a second per pass: ${JSON.stringify(passes)}\n`);
    expect(passes.at(-1)).toBeGreaterThanOrEqual(FRAMES_PER_SECOND);
  });

  async function typeAndClear(): Promise<void> {
    const search = page.getByLabel('Search models');
    await search.pressSequentially('lumen 99', { delay: 90 });
    await page.getByText(/^\d+ of 10,000$/).waitFor();
    for (let times = 0; times < 8; times += 1) await page.keyboard.press('Backspace', { delay: 60 });
    await page.getByText('10,000 of 10,000').waitFor();
    await page.waitForTimeout(300);
  }

  it('finds Persian names typed with Arabic letters', async () => {
    await page.getByLabel('Search models').fill('كتاب');
    await page.getByText('2,500 of 10,000').waitFor();
  });
});
