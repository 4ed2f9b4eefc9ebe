type Place = { path: string; message: string };

/** What the server answered instead of data, in its own words; `status` 0: it did not answer at all. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly title: string;
  readonly code: string;
  readonly errors: Place[];

  constructor(init: { status: number; title: string; code: string; detail: string; errors?: Place[] }) {
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

type ProblemBody = { title?: string; code?: string; detail?: string; errors?: Place[] };

/** True for a body that may be `application/problem+json`; each of its members may still be absent. */
export function isProblemBody(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null;
}
