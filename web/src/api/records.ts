import { keepPreviousData, useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { api, dataOf } from './client.ts';
import type { CrmModule, RecordDetail } from './types.ts';

export type RecordFilters = { q?: string; open?: 'true' | 'false' };

/** One page of records of a module. */
export function useRecords(module: CrmModule, filters: RecordFilters, cursor: string | undefined) {
  return useQuery({
    queryKey: ['records', module, filters, cursor],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/api/v1/records/{module}', { params: { path: { module }, query: { ...filters, cursor } }, signal }),
      ),
    placeholderData: keepPreviousData,
  });
}

const recordQuery = (module: CrmModule, crmId: string) => ({
  queryKey: ['record', module, crmId],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    dataOf(api.GET('/api/v1/records/{module}/{crmId}', { params: { path: { module, crmId } }, signal })),
});

export function useRecord(module: CrmModule, crmId: string) {
  return useQuery(recordQuery(module, crmId));
}

/** The account of each of some contacts, by the contact's id; those without one are left out. */
export function useAccountsOfContacts(crmIds: string[]): Record<string, string> {
  return useQueries({
    queries: crmIds.map((crmId) => ({ ...recordQuery('contacts', crmId), staleTime: 60_000 })),
    combine: accountsOfAnswers,
  });
}

function accountsOfAnswers(answers: { data: RecordDetail | undefined }[]): Record<string, string> {
  const known = answers.flatMap(({ data }) => (data?.account ? [[data.crmId, data.account.crmId]] : []));
  return Object.fromEntries(known);
}

/** The conversations that concern a record, newest first, page by page. */
export function useRecordHistory(module: CrmModule, crmId: string) {
  return useInfiniteQuery({
    queryKey: ['record', module, crmId, 'meetings'],
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        api.GET('/api/v1/records/{module}/{crmId}/meetings', {
          params: { path: { module, crmId }, query: { cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** Meetings and records whose name holds the words; asks from two characters on. */
export function useSearch(q: string) {
  return useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/search', { params: { query: { q } }, signal })),
    enabled: q.trim().length >= 2,
    placeholderData: keepPreviousData,
  });
}
