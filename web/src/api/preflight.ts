import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from './client.ts';
import type { ConstantValue, Obstacle, Preflight } from './types.ts';

const key = ['preflight'];

/** What is odd about the connected org: fields that it demands, data that it withholds, sharing. */
export function usePreflight() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/integrations/zoho/preflight', { signal })),
    refetchInterval: 20_000,
  });
}

/** Reads layouts, fields and sharing again at Zoho. */
export function useReadLayouts() {
  return usePreflightMutation(() => dataOf(api.POST('/api/v1/integrations/zoho/preflight')));
}

export function useStateSharing() {
  return usePreflightMutation((sharing: Preflight['eventsSharing']['stated']) =>
    dataOf(api.PUT('/api/v1/integrations/zoho/preflight/events-sharing', { body: { sharing } })),
  );
}

export type GivenConstants = {
  field: string;
  otherwise: ConstantValue | null;
  byActivityType: { activityType: string; value: ConstantValue }[];
};

/** The fixed values of a field of events; answers how many meetings go out by them. */
export const saveConstants = (body: GivenConstants) =>
  dataOf(api.PUT('/api/v1/integrations/zoho/preflight/constants', { body }));

export function useSaveConstants() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: saveConstants,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: key });
      void client.invalidateQueries({ queryKey: ['needs-you'] });
      void client.invalidateQueries({ queryKey: ['session'] });
    },
  });
}

/** Tries every meeting of one cause again now; answers how many. */
export const retryObstacle = ({ cause, subject }: Pick<Obstacle, 'cause' | 'subject'>) =>
  dataOf(api.POST('/api/v1/integrations/zoho/preflight/retry', { body: { cause, subject } }));

function usePreflightMutation<Input>(mutationFn: (input: Input) => Promise<Preflight>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: (preflight) => client.setQueryData(key, preflight) });
}
