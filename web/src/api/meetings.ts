import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './request.ts';
import type {
  CrmModule,
  ListOf,
  MeetingDetail,
  MeetingRow,
  MeetingState,
  Operation,
  Plan,
  Status,
  TranscriptTurn,
} from './types.ts';

/** Filters of the list of meetings, as they stand in the address. */
export type MeetingFilters = {
  state?: MeetingState;
  q?: string;
  module?: CrmModule;
  crmId?: string;
  links?: 'direct' | 'all';
  activityType?: string;
  owner?: string;
  smartCategory?: string;
  stage?: string;
  from?: string;
  to?: string;
};

const address = (externalId: string) => `/meetings/${encodeURIComponent(externalId)}`;

/** One page of meetings, newest first. */
export function useMeetings(filters: MeetingFilters, cursor: string | null, limit = 50) {
  return useQuery({
    queryKey: ['meetings', filters, cursor, limit],
    queryFn: ({ signal }) => request<ListOf<MeetingRow>>('/meetings', { query: { ...filters, cursor, limit }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.data.some((row) => row.state === 'waiting') ? 3_000 : 20_000),
  });
}

export function useStatus() {
  return useQuery({
    queryKey: ['status'],
    queryFn: ({ signal }) => request<Status>('/status', { signal }),
    refetchInterval: 5_000,
  });
}

/** A meeting with everything known about it; read again every two seconds while it waits for Zoho. */
export function useMeeting(externalId: string) {
  return useQuery({
    queryKey: ['meeting', externalId],
    queryFn: ({ signal }) => request<MeetingDetail>(address(externalId), { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? 2_000 : 20_000),
  });
}

export function usePlan(externalId: string, revision: string) {
  return useQuery({
    queryKey: ['meeting', externalId, 'plan', revision],
    queryFn: ({ signal }) => request<Plan>(`${address(externalId)}/plan`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useOperations(externalId: string, revision: string) {
  return useQuery({
    queryKey: ['meeting', externalId, 'operations', revision],
    queryFn: ({ signal }) => request<ListOf<Operation>>(`${address(externalId)}/operations`, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** The transcript, page by page; nothing is read before `isWanted`. */
export function useTranscript(externalId: string, isWanted: boolean) {
  return useInfiniteQuery({
    queryKey: ['meeting', externalId, 'transcript'],
    queryFn: ({ pageParam, signal }) =>
      request<ListOf<TranscriptTurn>>(`${address(externalId)}/transcript`, { query: { cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    enabled: isWanted,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export type LinkDecision = { module: CrmModule; crmId: string; decision: 'pinned' | 'excluded' | 'added' | 'reset' };
export type PersonDecision = {
  participantKey: string;
  kind: 'chosen' | 'ignored' | 'reset';
  module?: CrmModule;
  crmId?: string;
};

export const decideLink = (externalId: string, decision: LinkDecision) =>
  request<MeetingDetail>(`${address(externalId)}/links`, { method: 'POST', body: decision });

export const decidePerson = (externalId: string, decision: PersonDecision) =>
  request<MeetingDetail>(`${address(externalId)}/people`, { method: 'POST', body: decision });

export const publishMeeting = (externalId: string, anyway: boolean) =>
  request<MeetingRow>(`${address(externalId)}/publish`, { method: 'POST', body: { anyway } });

/** Brings a meeting in, as an outside system would. */
export const putMeeting = (externalId: string, body: unknown) =>
  request<{ id: string; externalId: string; version: number; state: MeetingState }>(address(externalId), {
    method: 'PUT',
    body,
  });

/** Decisions of people about one meeting; each answer replaces what the page shows. */
export function useMeetingDecisions(externalId: string) {
  const client = useQueryClient();
  const show = (meeting: MeetingDetail) => {
    client.setQueryData(['meeting', externalId], meeting);
    void client.invalidateQueries({ queryKey: ['meeting', externalId] });
    void client.invalidateQueries({ queryKey: ['session'] });
  };
  return {
    link: useMutation({ mutationFn: (decision: LinkDecision) => decideLink(externalId, decision), onSuccess: show }),
    person: useMutation({
      mutationFn: (decision: PersonDecision) => decidePerson(externalId, decision),
      onSuccess: show,
    }),
  };
}

/** Publishes now, or takes the meeting back out of Zoho. */
export function usePublication(externalId: string) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['meeting', externalId] });
  return {
    publish: useMutation({
      mutationFn: (anyway: boolean) => publishMeeting(externalId, anyway),
      onSuccess: refresh,
    }),
    retract: useMutation({
      mutationFn: () => request<unknown>(address(externalId), { method: 'DELETE' }),
      onSuccess: refresh,
    }),
  };
}
