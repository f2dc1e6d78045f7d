import { SwitchboardError } from '../../../core/errors/index.js';
import type { Validator } from '../catalog-head.js';

/** A `fetch` that asks whether the list changed, and what came of it. */
export interface ConditionalFetch {
  readonly fetch: typeof globalThis.fetch;
  /** True after the provider said that the list is the one we have. */
  isUnchanged(): boolean;
  /** To ask with next time; null when the provider offers nothing, or the list came in several answers. */
  validator(now: Date): Validator | null;
}

/**
 * Wraps a `fetch` for one listing: the first request carries `If-None-Match` when it goes where the list came from
 * last. A list of several pages is never asked for conditionally: its first page does not speak for the others.
 */
export function conditionalFetch(fetch: typeof globalThis.fetch, known: Validator | null): ConditionalFetch {
  let requests = 0;
  let isUnchanged = false;
  let offered: Pick<Validator, 'url' | 'etag'> | null = null;
  return {
    isUnchanged: () => isUnchanged,
    validator: (now) => (requests === 1 && offered !== null ? { ...offered, fetchedAt: now.toISOString() } : null),
    fetch: async (input, init) => {
      requests += 1;
      const url = input instanceof Request ? input.url : String(input);
      const isAsking = requests === 1 && known?.url === url && (init?.method ?? 'GET').toUpperCase() === 'GET';
      const response = await fetch(
        input,
        isAsking ? { ...init, headers: withHeader(init?.headers, 'if-none-match', known.etag) } : init,
      );
      if (isAsking && response.status === 304) {
        isUnchanged = true;
        await response.body?.cancel();
        // Ends the strategy's work; the syncer asks `isUnchanged` before it looks at errors.
        throw new SwitchboardError('upstream_bad_response', 'The list has not changed.', { retry: 'never' });
      }
      const etag = response.headers.get('etag');
      offered = etag !== null && etag.length <= 200 ? { url, etag } : null;
      return response;
    },
  };
}

function withHeader(
  headers: ConstructorParameters<typeof Headers>[0],
  name: string,
  value: string,
): Record<string, string> {
  return { ...Object.fromEntries(new Headers(headers)), [name]: value };
}
