import type { Evaluation } from './association.ts';
import type { RecordRef } from './crm-picture.ts';
import { type Barred, isHidden } from './obstacle.ts';
import { recordKey } from './record-order.ts';

/** Where the CRM shows a meeting on a record already, it stays; elsewhere what is hidden from us cannot be named. */
export function withoutHidden(evaluation: Evaluation, barred: Barred, standing: readonly RecordRef[]): Evaluation {
  if (barred.size === 0) return evaluation;
  const there = new Set(standing.map(recordKey));
  const associations = evaluation.associations.filter((link) => !isHidden(barred, link) || there.has(recordKey(link)));
  return { ...evaluation, associations };
}
