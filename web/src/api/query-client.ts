import { MutationCache, QueryClient } from '@tanstack/react-query';
import { showProblem } from '../pieces/show-message.tsx';
import { ApiProblem, isUnreachable } from './api-problem.ts';

/** Reads are tried again only where nobody answered or the server failed; a failed write always says so. */
export const queryClient = new QueryClient({
  mutationCache: new MutationCache({ onError: (error) => showProblem(error) }),
  defaultOptions: {
    // The product may run on this very machine: whether there is a network says nothing about it.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 5_000,
      retry: (count, error) => count < 2 && (isUnreachable(error) || isServerFailure(error)),
      refetchOnWindowFocus: true,
      refetchInterval: (query) => (isUnreachable(query.state.error) ? 4_000 : false),
    },
  },
});

function isServerFailure(error: unknown): boolean {
  return error instanceof ApiProblem && error.status >= 502;
}
