import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from './client.ts';
import type { Leave, LeaveChoices, LeaveStep } from './types.ts';

const key = ['leave'];
const path = '/api/v1/integrations/zoho/leave';

/** True while leaving goes on by itself. */
export const isLeaving = ({ run }: Pick<Leave, 'run'>) => run?.phase === 'taking_out' || run?.phase === 'closing';

/** What is ours in Zoho, what these choices do, how far leaving is. Only administrators may read it. */
export function useLeave(choices: LeaveChoices, isAllowed: boolean) {
  return useQuery({
    queryKey: [...key, choices],
    queryFn: ({ signal }) => dataOf(api.GET(path, { params: { query: choices }, signal })),
    enabled: isAllowed,
    // Another choice shows its numbers in place of the old ones, without the page moving.
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data !== undefined && isLeaving(state.data) ? 2_000 : 20_000),
  });
}

export function useStartLeave() {
  return useLeaveMutation((body: LeaveChoices) => dataOf(api.POST(path, { body })));
}

const steps = {
  stop: () => api.POST('/api/v1/integrations/zoho/leave/stop'),
  resume: () => api.POST('/api/v1/integrations/zoho/leave/resume'),
  cancel: () => api.POST('/api/v1/integrations/zoho/leave/cancel'),
} satisfies Record<LeaveStep, unknown>;

export function useLeaveStep() {
  return useLeaveMutation((step: LeaveStep) => dataOf(steps[step]()));
}

/** Publishes again what leaving took out. */
export function useBringBack() {
  return useLeaveMutation((_body: null) => dataOf(api.POST('/api/v1/integrations/zoho/leave/bring-back')));
}

/** Leaves the page for Zoho's consent page, which also asks for deleting fields. */
export function useLeaveConsent() {
  return useMutation({
    mutationFn: () => dataOf(api.POST('/api/v1/integrations/zoho/leave/consent')),
    onSuccess: ({ authorizeUrl }) => window.location.assign(authorizeUrl),
  });
}

function useLeaveMutation<Input>(mutationFn: (input: Input) => Promise<Leave>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: key });
      void client.invalidateQueries({ queryKey: ['zoho-card'] });
    },
  });
}
