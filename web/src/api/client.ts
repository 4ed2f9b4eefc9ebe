import createClient from 'openapi-fetch';
import { ApiProblem, isProblemBody } from './api-problem.ts';
import type { paths } from './generated/schema.d.ts';

/** Our own API, typed by its own description. Every answer that is not data becomes an ApiProblem. */
export const api = createClient<paths>();

api.use({
  async onResponse({ request, response }) {
    if (!response.ok) throw await readProblem(response);
    const type = response.headers.get('content-type');
    if (response.status !== 204 && type !== null && !type.includes('json')) throw noDataProblem(request.url);
  },
  onError({ error }) {
    if (error instanceof ApiProblem || isAbort(error)) return undefined;
    return new ApiProblem({
      status: 0,
      title: 'No answer',
      code: 'unreachable',
      detail: 'The product does not answer. Check that it runs; this page tries again by itself.',
    });
  },
});

/** The body of an answer. */
export async function dataOf<Data>(call: Promise<{ data?: Data }>): Promise<Data> {
  const { data } = await call;
  return data as Data;
}

const isAbort = (error: unknown) => error instanceof DOMException && error.name === 'AbortError';

async function readProblem(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  const known = isProblemBody(body) ? body : {};
  return new ApiProblem({
    status: response.status,
    title: known.title ?? `Error ${response.status}`,
    code: known.code ?? 'internal',
    detail: known.detail ?? 'The product answered with an error that it did not explain. Its log has the details.',
    errors: known.errors ?? [],
  });
}

function noDataProblem(url: string): ApiProblem {
  return new ApiProblem({
    status: 502,
    title: 'No data came back',
    code: 'internal',
    detail: `The product answered ${new URL(url).pathname} with something else than data. It may be older than this page: start it again.`,
  });
}
