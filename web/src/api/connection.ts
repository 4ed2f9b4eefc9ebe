import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from './client.ts';
import type { OptionalFieldKey, ZohoCard } from './types.ts';

const key = ['zoho-card'];

/** The connection to Zoho; read every two seconds while something is under way there. */
export function useZohoCard() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/integrations/zoho', { signal })),
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
    mutationFn: () => dataOf(api.POST('/api/v1/integrations/zoho/connect')),
    onSuccess: ({ authorizeUrl }) => window.location.assign(authorizeUrl),
  });
}

export function useDisconnect() {
  return useCardMutation(() => dataOf(api.POST('/api/v1/integrations/zoho/disconnect')));
}

/** Creates optional fields on Zoho's Events. */
export function useCreateFields() {
  return useCardMutation((keys: OptionalFieldKey[]) =>
    dataOf(api.POST('/api/v1/integrations/zoho/fields', { body: { keys } })),
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
