import type { ProviderProfile, ProviderStrategy } from '../contract/index.js';
import { errorOfRefusal } from './diagnose.js';
import { readRefusal } from './refusal.js';

/**
 * The `fetch` of a `ProviderCall`: the given one, which throws a `SwitchboardError` for every answer that is not 2xx.
 * `apiKey` is only used to take it out of what the vendor says.
 */
export function strategyFetch(
  fetch: typeof globalThis.fetch,
  strategy: ProviderStrategy,
  profile: Pick<ProviderProfile, 'slug'>,
  apiKey: string | null,
): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.ok || (response.status === 304 && asked(init))) return response;
    throw errorOfRefusal(await readRefusal(response, apiKey), strategy, profile.slug);
  };
}

/** Only who asked whether something changed may hear that it did not. */
function asked(init: RequestInit | undefined): boolean {
  return init?.headers !== undefined && new Headers(init.headers).has('if-none-match');
}
