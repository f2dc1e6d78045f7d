import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { findModel, listHistory, listScheduled, listSelections, readCatalog } from '../../client/models';
import type { Capability } from '../../client/types';

export const selectionsQuery = queryOptions({
  queryKey: ['selections'],
  queryFn: ({ signal }) => listSelections(signal),
});

export const scheduledQuery = queryOptions({
  queryKey: ['selections', 'scheduled'],
  queryFn: ({ signal }) => listScheduled(signal),
});

export const catalogQuery = (provider: string, capability: Capability) =>
  queryOptions({
    queryKey: ['catalog', provider, capability],
    queryFn: ({ signal }) => readCatalog(provider, capability, signal),
    staleTime: 60_000,
  });

export const modelQuery = (provider: string, capability: Capability, modelId: string) =>
  queryOptions({
    queryKey: ['catalog', provider, capability, modelId],
    queryFn: ({ signal }) => findModel(provider, capability, modelId, signal),
    staleTime: 300_000,
  });

export const historyQuery = (capability: Capability | null) =>
  infiniteQueryOptions({
    queryKey: ['history', capability],
    queryFn: ({ signal, pageParam }) => listHistory(capability, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

/** Everything that a switch of models changes on the screen. */
export const AFTER_SWITCH = [['selections'], ['catalog'], ['history'], ['overview'], ['providers']] as const;
