import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from './client.ts';
import type { Role } from './types.ts';

/** Who is signed in, and how the connection stands. Read again every 15 s for the counts of the frame. */
export function useSession() {
  return useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/session', { signal })),
    refetchInterval: 15_000,
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => dataOf(api.POST('/api/v1/session/sign-out')),
    onSuccess: () => client.resetQueries(),
  });
}

/** What the signed-in person may do: `regular` decides about meetings, `admin` changes the organization. */
export function useRights(): { canDecide: boolean; canAdminister: boolean } {
  const role: Role = useSession().data?.role ?? 'read_only';
  return { canDecide: role !== 'read_only', canAdminister: role === 'admin' || role === 'owner' };
}
