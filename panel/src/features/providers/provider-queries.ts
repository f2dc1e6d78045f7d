import { queryOptions } from '@tanstack/react-query';
import { listProviders, listSettings, readProvider } from '../../client/providers';

export const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: ({ signal }) => listProviders(signal),
});

export const providerQuery = (slug: string) =>
  queryOptions({ queryKey: ['providers', slug], queryFn: ({ signal }) => readProvider(slug, signal) });

export const settingsQuery = queryOptions({
  queryKey: ['provider-settings'],
  queryFn: ({ signal }) => listSettings(signal),
});
