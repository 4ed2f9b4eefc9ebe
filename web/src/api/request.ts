type Query = Record<string, string | number | undefined | null>;

type RequestOptions = {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
};

/** What the server answered instead of data, in its own words; `status` 0: it did not answer at all. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly title: string;
  readonly code: string;
  readonly errors: { path: string; message: string }[];

  constructor(init: { status: number; title: string; code: string; detail: string; errors?: ApiProblem['errors'] }) {
    super(init.detail);
    this.name = 'ApiProblem';
    this.status = init.status;
    this.title = init.title;
    this.code = init.code;
    this.errors = init.errors ?? [];
  }
}

/** True when nobody answered: the product is stopped or the network is down. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 0;
}

/** Calls our own API (`path` after `/api/v1`) and gives the body; throws ApiProblem otherwise. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const hasBody = options.body !== undefined;
  const response = await reach(`/api/v1${path}${queryText(options.query)}`, {
    method: options.method ?? 'GET',
    headers: { accept: 'application/json', ...(hasBody ? { 'content-type': 'application/json' } : {}) },
    ...(hasBody ? { body: JSON.stringify(options.body) } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  if (!response.ok) throw await readProblem(response);
  if (response.status === 204) return undefined as T;
  if (!response.headers.get('content-type')?.includes('json')) throw noDataProblem(path);
  return (await response.json()) as T;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem({
      status: 0,
      title: 'No answer',
      code: 'unreachable',
      detail: 'The product does not answer. Check that it runs; this page tries again by itself.',
    });
  }
}

function noDataProblem(path: string): ApiProblem {
  return new ApiProblem({
    status: 502,
    title: 'No data came back',
    code: 'internal',
    detail: `The product answered ${path} with something else than data. It may be older than this page: start it again.`,
  });
}

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

type ProblemBody = { title?: string; code?: string; detail?: string; errors?: ApiProblem['errors'] };

function isProblemBody(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null;
}

function queryText(query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
