import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { personZone } from '../format/moments.ts';
import { api, dataOf } from './client.ts';
import type { paths } from './generated/schema.d.ts';
import type { CrmModule, MeetingDetail } from './types.ts';

/** Filters of the list of meetings, as they stand in the address. */
export type MeetingFilters = Omit<
  NonNullable<paths['/api/v1/meetings']['get']['parameters']['query']>,
  'cursor' | 'limit' | 'timeZone'
>;

const at = (externalId: string) => ({ path: { externalId } });

/** One page of meetings, newest first. */
export function useMeetings(filters: MeetingFilters, cursor: string | undefined, limit = 50) {
  return useQuery({
    queryKey: ['meetings', filters, cursor, limit],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/api/v1/meetings', { params: { query: { ...filters, timeZone: personZone, cursor, limit } }, signal }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.data.some((row) => row.state === 'waiting') ? 3_000 : 20_000),
  });
}

export function useStatus() {
  return useQuery({
    queryKey: ['status'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/status', { signal })),
    refetchInterval: 5_000,
  });
}

/** A change that somebody makes in Zoho is seen here within seconds of its notification. */
const LIVE_MS = 3_000;

/** A meeting with everything known about it; read again every two seconds while it waits for Zoho, else every three. */
export function useMeeting(externalId: string) {
  return useQuery({
    queryKey: ['meeting', externalId],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/meetings/{externalId}', { params: at(externalId), signal })),
    refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? 2_000 : LIVE_MS),
    staleTime: 0,
  });
}

export function usePlan(externalId: string, revision: string) {
  return useQuery({
    queryKey: ['meeting', externalId, 'plan', revision],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/meetings/{externalId}/plan', { params: at(externalId), signal })),
    placeholderData: keepPreviousData,
  });
}

export function useOperations(externalId: string, revision: string) {
  return useQuery({
    queryKey: ['meeting', externalId, 'operations', revision],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/v1/meetings/{externalId}/operations', { params: at(externalId), signal })),
    placeholderData: keepPreviousData,
  });
}

/** The transcript, page by page; nothing is read before `isWanted`. */
export function useTranscript(externalId: string, isWanted: boolean) {
  return useInfiniteQuery({
    queryKey: ['meeting', externalId, 'transcript'],
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        api.GET('/api/v1/meetings/{externalId}/transcript', {
          params: { ...at(externalId), query: { cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    enabled: isWanted,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export type LinkDecision = { module: CrmModule; crmId: string; decision: 'pinned' | 'excluded' | 'added' | 'reset' };
export type PersonDecision = {
  participantKey: string;
  kind: 'chosen' | 'ignored' | 'reset';
  module?: PersonModule;
  crmId?: string;
};

/** Only people can be participants: an account is linked, not chosen. */
export type PersonModule = 'contacts' | 'leads';

export const isPersonModule = (module: CrmModule): module is PersonModule =>
  module === 'contacts' || module === 'leads';

export const decideLink = (externalId: string, decision: LinkDecision) =>
  dataOf(api.POST('/api/v1/meetings/{externalId}/links', { params: at(externalId), body: decision }));

export const decidePerson = (externalId: string, decision: PersonDecision) =>
  dataOf(api.POST('/api/v1/meetings/{externalId}/people', { params: at(externalId), body: decision }));

/** `overwriteEdits`: also what people edited in Zoho is written as it is here. */
export const publishMeeting = (externalId: string, anyway: boolean, overwriteEdits = false) =>
  dataOf(
    api.POST('/api/v1/meetings/{externalId}/publish', { params: at(externalId), body: { anyway, overwriteEdits } }),
  );

export type EditChoice = { slot: string; choice: 'keep_theirs' | 'write_ours' };

/** A person's word on what people edited in Zoho in the event (`slot` is `event`) or a note. */
export const settleEdits = (externalId: string, choice: EditChoice) =>
  dataOf(api.POST('/api/v1/meetings/{externalId}/edits', { params: at(externalId), body: choice }));

export type CalendarChoice = { choice: 'adopt'; eventId: string } | { choice: 'create' } | { choice: 'wait' };

/** Which event of the calendar is this meeting's, before one is written. */
export const answerCalendar = (externalId: string, body: CalendarChoice) =>
  dataOf(api.POST('/api/v1/meetings/{externalId}/calendar-event', { params: at(externalId), body }));

/** What becomes of an event of the calendar beside ours. */
export const answerTwoEvents = (externalId: string, body: { eventId: string; choice: 'take' | 'dismiss' }) =>
  dataOf(api.POST('/api/v1/meetings/{externalId}/two-events', { params: at(externalId), body }));

/** Two meetings are one conversation; answers the one that stays. */
export const mergeMeetings = (externalId: string, other: string) =>
  dataOf(api.POST('/api/v1/meetings/{externalId}/merge', { params: at(externalId), body: { with: other } }));

/** One recording is of another conversation; answers the meeting that it is now. */
export const separateRecording = (externalId: string, recording: string) =>
  dataOf(api.POST('/api/v1/meetings/{externalId}/separate', { params: at(externalId), body: { recording } }));

/** Exactly what would leave Zoho; nothing is asked before `isWanted`. */
export function useMeetingUndoPreview(externalId: string, isWanted: boolean) {
  return useQuery({
    queryKey: ['meeting', externalId, 'undo'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/meetings/{externalId}/undo', { params: at(externalId), signal })),
    enabled: isWanted,
    staleTime: 0,
  });
}

type MeetingBody = paths['/api/v1/meetings/{externalId}']['put']['requestBody']['content']['application/json'];

/** Brings a meeting in, as an outside system would. The server checks what a person's file holds, and says what is wrong. */
export const putMeeting = (externalId: string, body: unknown) =>
  dataOf(api.PUT('/api/v1/meetings/{externalId}', { params: at(externalId), body: body as MeetingBody }));

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
    edits: useMutation({ mutationFn: (choice: EditChoice) => settleEdits(externalId, choice), onSuccess: show }),
    undo: useMutation({
      mutationFn: () => dataOf(api.POST('/api/v1/meetings/{externalId}/undo', { params: at(externalId) })),
      onSuccess: show,
    }),
  };
}

/** Publishes now. */
export function usePublication(externalId: string) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['meeting', externalId] });
  return {
    publish: useMutation({
      mutationFn: (anyway: boolean) => publishMeeting(externalId, anyway),
      onSuccess: refresh,
    }),
  };
}
