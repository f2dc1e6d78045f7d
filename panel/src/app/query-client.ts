import { QueryClient } from '@tanstack/react-query';
import { Problem } from '../client/problem';

/** Refusals are final; only a lost network or a server in trouble is tried again. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: true,
        networkMode: 'always',
        retry: (count, error) => count < 1 && error instanceof Problem && (error.status === 0 || error.status >= 502),
      },
      mutations: { networkMode: 'always' },
    },
  });
}
