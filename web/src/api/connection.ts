import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from './client.ts';
import type { AlertSettings, OptionalFieldKey, ZohoCard } from './types.ts';

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
    mutationFn: () => dataOf(api.POST('/api/v1/integrations/zoho/connect', { body: {} })),
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

/** A person's word on another Zoho org than the one before: it takes its place, or nothing changes. */
export function useDecideReplacement() {
  return useCardMutation((body: { nonce: string; decision: 'replace' | 'cancel' }) =>
    dataOf(api.POST('/api/v1/integrations/zoho/replace', { body })),
  );
}

/** Says which part of the day's credits, in percent, is left to other integrations. */
export function useKeepCredits() {
  return useCardMutation((keptPercent: number) =>
    dataOf(api.PUT('/api/v1/integrations/zoho/credits', { body: { keptPercent } })),
  );
}

const rightsKey = ['zoho-permissions'];

/** What the connecting user may do; read again while a check of a new user is due. */
export function usePermissions() {
  return useQuery({
    queryKey: rightsKey,
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/integrations/zoho/permissions', { signal })),
    refetchInterval: ({ state }) => (state.data?.checkedAt === null ? 3_000 : 30_000),
  });
}

export function useCheckPermissions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => dataOf(api.POST('/api/v1/integrations/zoho/permissions')),
    onSuccess: (rights) => {
      client.setQueryData(rightsKey, rights);
      void client.invalidateQueries({ queryKey: key });
    },
  });
}

const alertsKey = ['alerts'];

/** Where administrators hear of trouble. Only they may read it: nothing is asked for anybody else. */
export function useAlerts(isAllowed: boolean) {
  return useQuery({
    queryKey: alertsKey,
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/settings/alerts', { signal })),
    enabled: isAllowed,
    refetchInterval: 20_000,
  });
}

/** The answer of the mutation may hold a new signing secret, which is told this once. */
export function useSaveAlerts() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { webhookUrl: string | null; emails: string[]; renewSecret: boolean }) =>
      dataOf(api.PUT('/api/v1/settings/alerts', { body })),
    onSuccess: (alerts) => {
      client.setQueryData<AlertSettings>(alertsKey, { ...alerts, newSecret: null });
      void client.invalidateQueries({ queryKey: key });
    },
  });
}

export function useTestAlerts() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => dataOf(api.POST('/api/v1/settings/alerts/test')),
    onSettled: () => client.invalidateQueries({ queryKey: alertsKey }),
  });
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
