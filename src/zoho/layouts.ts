import { z } from 'zod';
import { type CallTiming, timingOf } from './call-timing.ts';
import { fieldsOfLayout } from './metadata.ts';
import { readBody } from './read-answer.ts';
import type { ZohoFailure, ZohoTransport } from './transport.ts';

type Read<T> = Promise<{ kind: 'read'; value: T } | ZohoFailure>;

/** A field as a layout has it: the layout may demand it although the field itself is not mandatory. */
export type LayoutField = z.output<typeof fieldsOfLayout>[number];

/** A layout that records are entered by, with all fields of its sections. */
export type CrmLayout = { id: string; name: string; isActive: boolean; fields: LayoutField[] };

/** The layouts of a module (1 credit). Source: Zoho CRM API v8, Layouts Metadata. */
export async function listLayouts(
  transport: ZohoTransport,
  module: string,
  timing: CallTiming = {},
): Read<CrmLayout[]> {
  const query = { module };
  const answer = await transport.call({ method: 'GET', path: '/settings/layouts', query, ...timingOf(timing) });
  if (answer.kind === 'empty') return { kind: 'read', value: [] };
  return readBody(answer, layoutsAnswer);
}

/**
 * How records of a module are shared in the org by default, as Zoho words it (`private`, `public`, `public_read_only`, …); null:
 * Zoho does not list the module (1 credit; needs the right to customize). Source: Zoho CRM API v8, Default Data Sharing Settings.
 */
export async function readSharing(
  transport: ZohoTransport,
  module: string,
  timing: CallTiming = {},
): Read<string | null> {
  const answer = await transport.call({ method: 'GET', path: '/settings/data_sharing', ...timingOf(timing) });
  if (answer.kind === 'empty') return { kind: 'read', value: null };
  const read = readBody(answer, sharingAnswer);
  if (read.kind === 'failed') return read;
  const found = read.value.data_sharing.find((entry) => entry.module.api_name === module);
  return { kind: 'read', value: found?.share_type ?? null };
}

const layoutsAnswer = z
  .looseObject({
    layouts: z.array(
      z.looseObject({
        id: z.string(),
        name: z.string().nullish(),
        display_label: z.string().nullish(),
        status: z.string().nullish(),
        sections: z.array(z.looseObject({ fields: fieldsOfLayout.nullish() })).nullish(),
      }),
    ),
  })
  .transform(({ layouts }) =>
    layouts.map(({ id, name, display_label: label, status, sections }) => ({
      id,
      name: label ?? name ?? id,
      isActive: status === null || status === undefined || status.toLowerCase() === 'active',
      fields: (sections ?? []).flatMap(({ fields }) => fields ?? []),
    })),
  );

const sharingAnswer = z.looseObject({
  data_sharing: z.array(
    z.looseObject({ share_type: z.string(), module: z.looseObject({ api_name: z.string().nullish() }) }),
  ),
});
