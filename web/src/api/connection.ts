import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './request.ts';
import type { OptionalFieldKey, ZohoCard } from './types.ts';

const key = ['zoho-card'];

/** The connection to Zoho; read every two seconds while something is under way there. */
export function useZohoCard() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => request<ZohoCard>('/integrations/zoho', { signal }),
    refetchInterval: ({ state }) => (state.data === undefined || isBusy(state.data) ? 2_000 : 15_000),
  });
}

/** True while the card changes by itself: connecting, first load, roles still loading. */
export function isBusy(card: ZohoCard): boolean {
  if (card.state === 'connecting') return true;
  if (card.state !== 'connected') return false;
  return card.firstLoad?.state === 'running' || card.roles.dealsLoaded < card.roles.dealsTotal;
}

/** Leaves the page for Zoho's consent page. */
export function useConnect() {
  return useMutation({
    mutationFn: () => request<{ authorizeUrl: string }>('/integrations/zoho/connect', { method: 'POST' }),
    onSuccess: ({ authorizeUrl }) => window.location.assign(authorizeUrl),
  });
}

export function useDisconnect() {
  return useCardMutation(() => request<ZohoCard>('/integrations/zoho/disconnect', { method: 'POST' }));
}

/** Creates optional fields on Zoho's Events. */
export function useCreateFields() {
  return useCardMutation((keys: OptionalFieldKey[]) =>
    request<ZohoCard>('/integrations/zoho/fields', { method: 'POST', body: { keys } }),
  );
}

function useCardMutation<Input>(mutationFn: (input: Input) => Promise<ZohoCard>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: (card) => {
      client.setQueryData(key, card);
      void client.invalidateQueries({ queryKey: ['session'] });
    },
  });
}
