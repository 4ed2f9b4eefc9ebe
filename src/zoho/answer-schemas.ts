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

const WRAPPERS = ['data', 'fields', '__composite_requests', 'watch'] as const;

/**
 * The error that an answer's body tells about the whole call, at top level or (some pages document it so) as the first
 * element of a wrapper; null when the body tells none.
 */
export function findError(body: unknown): OutcomeElement | null {
  const top = outcomeElement.safeParse(body);
  if (top.success) return isError(top.data) ? top.data : null;
  for (const wrapper of WRAPPERS) {
    const wrapped = z.looseObject({ [wrapper]: z.array(z.unknown()).min(1) }).safeParse(body);
    if (!wrapped.success) continue;
    const list = wrapped.data[wrapper];
    const first = outcomeElement.safeParse(Array.isArray(list) ? list[0] : undefined);
    if (first.success && isError(first.data)) return first.data;
  }
  return null;
}

function isError(element: OutcomeElement): boolean {
  return element.code !== 'SUCCESS' && element.status !== 'success';
}
