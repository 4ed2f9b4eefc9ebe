import { keepPreviousData, useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { request } from './request.ts';
import type { CrmModule, HistoryEntry, ListOf, RecordDetail, RecordRow, SearchAnswer } from './types.ts';

export type RecordFilters = { q?: string; open?: 'true' | 'false' };

/** One page of records of a module. */
export function useRecords(module: CrmModule, filters: RecordFilters, cursor: string | null) {
  return useQuery({
    queryKey: ['records', module, filters, cursor],
    queryFn: ({ signal }) =>
      request<ListOf<RecordRow>>(`/records/${module}`, { query: { ...filters, cursor }, signal }),
    placeholderData: keepPreviousData,
  });
}

const recordQuery = (module: CrmModule, crmId: string) => ({
  queryKey: ['record', module, crmId],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    request<RecordDetail>(`/records/${module}/${encodeURIComponent(crmId)}`, { signal }),
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
      request<ListOf<HistoryEntry>>(`/records/${module}/${encodeURIComponent(crmId)}/meetings`, {
        query: { cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** Meetings and records whose name holds the words; asks from two characters on. */
export function useSearch(q: string) {
  return useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => request<SearchAnswer>('/search', { query: { q }, signal }),
    enabled: q.trim().length >= 2,
    placeholderData: keepPreviousData,
  });
}
