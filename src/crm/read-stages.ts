import { z } from 'zod';
import { readBody } from '../zoho/read-answer.ts';
import type { ZohoFailure, ZohoTransport } from '../zoho/transport.ts';

/** A stage of deals, in the order of the pipeline; `isOpen` is false for won and lost ones. */
export type DealStage = { stage: string; isOpen: boolean };

const pickListValue = z.looseObject({
  actual_value: z.string().nullish(),
  display_value: z.string().nullish(),
  forecast_type: z.string().nullish(),
  forecast_category: z.looseObject({ name: z.string().nullish() }).nullish().catch(null),
});

const layoutsAnswer = z.looseObject({
  layouts: z.array(
    z.looseObject({
      sections: z
        .array(
          z.looseObject({
            fields: z
              .array(z.looseObject({ api_name: z.string(), pick_list_values: z.array(pickListValue).nullish() }))
              .nullish(),
          }),
        )
        .nullish(),
    }),
  ),
});

/**
 * The stages of all deal layouts (1 call). A stage is closed when its forecast type says so; where layouts do not tell it, when
 * its name begins with "Closed". Source: Zoho CRM API v8, Layouts Metadata.
 */
export async function readDealStages(
  transport: ZohoTransport,
): Promise<{ kind: 'read'; stages: DealStage[] } | ZohoFailure> {
  const query = { module: 'Deals' };
  const answer = await transport.call({ method: 'GET', path: '/settings/layouts', query });
  if (answer.kind === 'empty') return { kind: 'read', stages: [] };
  const read = readBody(answer, layoutsAnswer);
  if (read.kind === 'failed') return read;
  const stages = new Map<string, boolean>();
  for (const layout of read.value.layouts) {
    for (const section of layout.sections ?? []) {
      for (const field of section.fields ?? []) {
        if (field.api_name !== 'Stage') continue;
        for (const value of field.pick_list_values ?? []) {
          const stage = value.actual_value ?? value.display_value;
          if (stage)
            stages.set(stage, isOpenStage(stage, value.forecast_type ?? value.forecast_category?.name ?? null));
        }
      }
    }
  }
  return { kind: 'read', stages: [...stages].map(([stage, isOpen]) => ({ stage, isOpen })) };
}

function isOpenStage(stage: string, forecast: string | null): boolean {
  return !/^closed/i.test(forecast ?? stage);
}
