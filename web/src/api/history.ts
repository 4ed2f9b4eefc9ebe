import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from './client.ts';
import type { paths } from './generated/schema.d.ts';
import type { Backfill, BackfillStep } from './types.ts';

const listKey = ['backfills'];
const at = (id: string) => ({ path: { id } });

/** States in which a backfill changes by itself. */
const moving: readonly Backfill['state'][] = ['simulating', 'running', 'undoing'];

export const isMoving = ({ state }: Pick<Backfill, 'state'>) => moving.includes(state);

/** One page of backfills and undos, newest first; read every three seconds while one is under way. */
export function useBackfills(cursor: string | undefined, limit: number) {
  return useQuery({
    queryKey: [...listKey, cursor ?? '', limit],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/backfills', { params: { query: { cursor, limit } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.data.some(isMoving) ? 3_000 : 20_000),
  });
}

export function useBackfill(id: string) {
  return useQuery({
    queryKey: ['backfill', id],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/backfills/{id}', { params: at(id), signal })),
    refetchInterval: ({ state }) => (state.data !== undefined && isMoving(state.data) ? 2_000 : 20_000),
  });
}

/** What an undo would take out of Zoho now; nothing is asked before `isWanted`. */
export function useUndoPreview(id: string, isWanted: boolean) {
  return useQuery({
    queryKey: ['backfill', id, 'undo'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/backfills/{id}/undo', { params: at(id), signal })),
    enabled: isWanted,
    staleTime: 0,
  });
}

export const openBackfill = (name: string) => dataOf(api.POST('/api/v1/backfills', { body: { name } }));

type MeetingBody = paths['/api/v1/meetings/{externalId}']['put']['requestBody']['content']['application/json'];

/** Puts a meeting into a backfill that is not started; the server checks what the file holds. */
export const stageMeeting = (backfill: string, externalId: string, body: unknown) =>
  dataOf(
    api.PUT('/api/v1/meetings/{externalId}', {
      params: { path: { externalId }, query: { backfill } },
      body: body as MeetingBody,
    }),
  );

/** Counts what was brought to Zoho since a time; nothing goes before it is started. */
export function usePrepareUndo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (since: string) => dataOf(api.POST('/api/v1/undo', { body: { since } })),
    onSuccess: () => client.invalidateQueries({ queryKey: listKey }),
  });
}

const steps = {
  simulate: (id: string) => api.POST('/api/v1/backfills/{id}/simulate', { params: at(id) }),
  start: (id: string) => api.POST('/api/v1/backfills/{id}/start', { params: at(id) }),
  pause: (id: string) => api.POST('/api/v1/backfills/{id}/pause', { params: at(id) }),
  resume: (id: string) => api.POST('/api/v1/backfills/{id}/resume', { params: at(id) }),
  cancel: (id: string) => api.POST('/api/v1/backfills/{id}/cancel', { params: at(id) }),
  undo: (id: string) => api.POST('/api/v1/backfills/{id}/undo', { params: at(id) }),
} satisfies Record<BackfillStep, unknown>;

export const stepBackfill = (id: string, step: BackfillStep): Promise<Backfill> => dataOf(steps[step](id));

/** A person's word on a backfill; its answer replaces what the page shows. */
export function useStep(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (step: BackfillStep) => stepBackfill(id, step),
    onSuccess: (backfill) => {
      client.setQueryData(['backfill', id], backfill);
      void client.invalidateQueries({ queryKey: listKey });
    },
    onError: () => client.invalidateQueries({ queryKey: ['backfill', id] }),
  });
}
