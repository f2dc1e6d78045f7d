import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';

type GoogleSdk = typeof import('@google/generative-ai');

type ModuleBody = (
  exports: object,
  require: NodeJS.Require,
  module: { exports: object },
  fetch: typeof globalThis.fetch,
) => void;

// The package exports a CommonJS build for `require`, one file without dependencies.
const sdkRequire = createRequire(import.meta.url);
const file = sdkRequire.resolve('@google/generative-ai');

/** The SDK's source as a function of the names it would otherwise find around itself. Compiled once, never run here. */
const moduleBody = compileFunction(readFileSync(file, 'utf8'), ['exports', 'require', 'module', 'fetch'], {
  filename: file,
}) as ModuleBody;

/**
 * The Google SDK, bound to a `fetch` of ours.
 *
 * It calls the global `fetch` by name and takes no other; that one follows redirects and knows nothing of our address
 * guard, limits and abort signal. So the SDK's CommonJS build is evaluated with `fetch` as a parameter, the way Node's
 * own loader supplies `require` and `module`: inside it the name means ours, and the global one is out of its reach.
 * Each call gets an instance of its own (some classes, no work), so that nothing is shared between calls.
 *
 * See docs/decisions/2026-11-20-google-sdk-bound-fetch.md.
 */
export function googleSdk(fetch: typeof globalThis.fetch): GoogleSdk {
  const module = { exports: {} };
  moduleBody(module.exports, sdkRequire, module, fetch);
  return module.exports as GoogleSdk;
}
