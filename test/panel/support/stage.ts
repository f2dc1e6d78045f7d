import { afterAll, beforeAll, describe, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { chromiumPath, launchBrowser } from './browser.js';
import { isServerBuilt, type ServerUnderTest, startServer } from './server-under-test.js';
import { startUpstream, type Upstream } from './upstream.js';

/** Server, provider and browser of one suite. */
export interface Stage {
  server: ServerUnderTest;
  upstream: Upstream;
  browser: Browser;
}

/** Runs a suite in a browser, or says visibly why not. */
export function describeInBrowser(name: string, suite: (stage: Stage) => void): void {
  const missing = chromiumPath() === undefined ? 'no Chromium' : isServerBuilt() ? null : 'not built (npm run build)';
  if (missing !== null) {
    describe(name, () => it.skip(`skipped: ${missing}`, () => undefined));
    return;
  }
  describe(name, () => {
    const stage = {} as Stage;
    beforeAll(async () => {
      stage.upstream = await startUpstream();
      stage.server = await startServer(stage.upstream.host);
      stage.browser = await launchBrowser();
    });
    afterAll(async () => {
      await stage.browser?.close();
      await stage.server?.stop();
      await stage.upstream?.close();
    });
    suite(stage);
  });
}
