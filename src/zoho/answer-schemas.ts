import { z } from 'zod';

/** Zoho ids exceed 2^53: a number has lost digits already, so only strings of digits pass. */
export const crmId = z.string().regex(/^\d+$/, 'a Zoho id is a string of digits');

/** A record as read: an id, and the fields that were asked for under their wire names. */
export const crmRecord = z.looseObject({ id: crmId });
export type CrmRecord = z.infer<typeof crmRecord>;

/** A lookup in an answer, of which only the id is relied on. */
export const crmLookup = z.looseObject({ id: crmId, name: z.string().nullish() });

/** A list answer. `next_page_token` leads to the following page; lists that know no tokens count their pages. */
export const listAnswer = z.looseObject({
  data: z.array(crmRecord),
  info: z
    .looseObject({
      more_records: z.boolean().optional(),
      next_page_token: z.string().nullish(),
      page: z.number().int().nullish(),
    })
    .optional()
    .transform((info) => info ?? {}),
});

/** One success or error element: the same keys at top level and in `data[]`, `fields[]`, `__composite_requests[]`, `watch[]`. */
export const outcomeElement = z.looseObject({
  code: z.string(),
  status: z.string().optional(),
  message: z.string().catch(''),
  details: z.record(z.string(), z.unknown()).catch({}),
});
export type OutcomeElement = z.infer<typeof outcomeElement>;

/** Made once: every answer of Zoho passes here. */
const WRAPPED = ['data', 'fields', '__composite_requests', 'watch'].map((wrapper) =>
  z.looseObject({ [wrapper]: z.tuple([z.unknown()], z.unknown()) }).transform((body) => body[wrapper]),
);

/**
 * The error that an answer's body tells about the whole call, at top level or (some pages document it so) as the first
 * element of a wrapper; null when the body tells none.
 */
export function findError(body: unknown): OutcomeElement | null {
  const top = outcomeElement.safeParse(body);
  if (top.success) return isError(top.data) ? top.data : null;
  for (const wrapped of WRAPPED) {
    const list = wrapped.safeParse(body);
    if (!list.success) continue;
    const first = outcomeElement.safeParse(Array.isArray(list.data) ? list.data[0] : undefined);
    if (first.success && isError(first.data)) return first.data;
  }
  return null;
}

function isError(element: OutcomeElement): boolean {
  return element.code !== 'SUCCESS' && element.status !== 'success';
}
