import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './request.ts';
import type { Analytics, ApiKeyRow, NeedsYou, NeedsYouCause, Settings } from './types.ts';

export function useSettings() {
  return useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => request<Settings>('/settings', { signal }),
  });
}

export function useSaveSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ userDomains: _derived, ...settings }: Settings) =>
      request<Settings>('/settings', { method: 'PUT', body: settings }),
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
    queryFn: ({ signal }) => request<{ data: ApiKeyRow[] }>('/api-keys', { signal }),
  });
}

/** The answer holds the key itself, which is shown this once. */
export function useCreateApiKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      request<{ id: string; key: string; prefix: string }>('/api-keys', { method: 'POST', body: { name } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keysKey }),
  });
}

export function useDeleteApiKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request<void>(`/api-keys/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: keysKey }),
  });
}

/** What waits for a person; `cause` narrows it to one kind. */
export function useNeedsYou(cause: NeedsYouCause | undefined) {
  return useQuery({
    queryKey: ['needs-you', cause ?? 'all'],
    queryFn: ({ signal }) => request<NeedsYou>('/needs-you', { query: { cause }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 20_000,
  });
}

export type AnalyticsFilters = { from: string; to: string; quietDays: number; timeZone: string };

export function useAnalytics(filters: AnalyticsFilters) {
  return useQuery({
    queryKey: ['analytics', filters],
    queryFn: ({ signal }) => request<Analytics>('/analytics', { query: filters, signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}
