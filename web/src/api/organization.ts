import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from './client.ts';
import type { NeedsYouCause, Settings } from './types.ts';

export function useSettings() {
  return useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/settings', { signal })),
  });
}

export function useSaveSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ userDomains: _derived, ...settings }: Settings) =>
      dataOf(api.PUT('/api/v1/settings', { body: settings })),
    onSuccess: (settings) => {
      client.setQueryData(['settings'], settings);
      void client.invalidateQueries({ queryKey: ['session'] });
    },
  });
}

const keysKey = ['api-keys'];

export function useApiKeys() {
  return useQuery({
    queryKey: keysKey,
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/api-keys', { signal })),
  });
}

/** The answer holds the key itself, which is shown this once. */
export function useCreateApiKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => dataOf(api.POST('/api/v1/api-keys', { body: { name } })),
    onSuccess: () => client.invalidateQueries({ queryKey: keysKey }),
  });
}

export function useDeleteApiKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => dataOf(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: keysKey }),
  });
}

/** What waits for a person; `cause` narrows it to one kind. */
export function useNeedsYou(cause: NeedsYouCause | undefined) {
  return useQuery({
    queryKey: ['needs-you', cause ?? 'all'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/needs-you', { params: { query: { cause } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: 20_000,
  });
}

export type AnalyticsFilters = { from: string; to: string; quietDays: number; timeZone: string };

export function useAnalytics(filters: AnalyticsFilters) {
  return useQuery({
    queryKey: ['analytics', filters],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/analytics', { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}
