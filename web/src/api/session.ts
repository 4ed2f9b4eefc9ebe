import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './request.ts';
import type { Role, Session } from './types.ts';

/** Who is signed in, and how the connection stands. Read again every 15 s for the counts of the frame. */
export function useSession() {
  return useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => request<Session>('/session', { signal }),
    refetchInterval: 15_000,
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request<void>('/session/sign-out', { method: 'POST' }),
    onSuccess: () => client.resetQueries(),
  });
}

/** What the signed-in person may do: `regular` decides about meetings, `admin` changes the organization. */
export function useRights(): { canDecide: boolean; canAdminister: boolean } {
  const role: Role = useSession().data?.role ?? 'read_only';
  return { canDecide: role !== 'read_only', canAdminister: role === 'admin' || role === 'owner' };
}
