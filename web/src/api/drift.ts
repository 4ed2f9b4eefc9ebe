import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from './client.ts';
import type { DriftChoice, DriftKind } from './types.ts';

/** The newest comparison with Zoho and a page of what it found; read every two seconds while one is running. */
export function useDrift(input: { kind: DriftKind | undefined; cursor: string | undefined; limit: number }) {
  return useQuery({
    queryKey: ['drift', input.kind ?? 'all', input.cursor ?? '', input.limit],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/drift', { params: { query: input }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.check?.state === 'running' ? 2_000 : 20_000),
  });
}

export function useStartDrift() {
  return useDriftMutation(() => dataOf(api.POST('/api/v1/drift')));
}

/** Repairs the named findings; null: all that the choice is for, as many as fit into one call, again until none is left. */
export function useRepairDrift() {
  return useDriftMutation(
    async ({ choice, findings }: { choice: DriftChoice; findings: { meetingId: string; slot: string }[] | null }) => {
      let repaired = 0;
      for (;;) {
        const answer = await dataOf(api.POST('/api/v1/drift/repair', { body: { choice, findings } }));
        repaired += answer.repaired;
        if (findings !== null || !answer.remaining || answer.repaired === 0) return repaired;
      }
    },
  );
}

function useDriftMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey: ['drift'] }) });
}
