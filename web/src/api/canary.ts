import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from './client.ts';
import type { Canary, CanaryReply, CanaryRun, CanaryStep } from './types.ts';

const key = ['canary'];

/** The trial of whether Zoho mails. Only administrators may read it: nothing is asked for anybody else. */
export function useCanary(isAllowed: boolean) {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/integrations/zoho/canary', { signal })),
    enabled: isAllowed,
    refetchInterval: ({ state }) => (state.data?.run?.finishedAt === null ? 5_000 : 30_000),
  });
}

export type CanaryStart = { mailbox: string; hostUserId: string | null; calendars: CanaryRun['calendars'] };

export function useStartCanary() {
  return useCanaryMutation((body: CanaryStart) => dataOf(api.POST('/api/v1/integrations/zoho/canary', { body })));
}

export function useAnswerCanary() {
  return useCanaryMutation((body: { step: CanaryStep['step']; answer: CanaryReply }) =>
    dataOf(api.POST('/api/v1/integrations/zoho/canary/answers', { body })),
  );
}

export function useCancelCanary() {
  return useCanaryMutation((_body: null) => dataOf(api.POST('/api/v1/integrations/zoho/canary/cancel')));
}

/** Leaves the page for Zoho's consent page, which also asks for creating and deleting contacts. */
export function useCanaryConsent() {
  return useMutation({
    mutationFn: () => dataOf(api.POST('/api/v1/integrations/zoho/canary/consent')),
    onSuccess: ({ authorizeUrl }) => window.location.assign(authorizeUrl),
  });
}

function useCanaryMutation<Input>(mutationFn: (input: Input) => Promise<Canary>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: (canary) => {
      client.setQueryData(key, canary);
      void client.invalidateQueries({ queryKey: ['zoho-card'] });
    },
  });
}
