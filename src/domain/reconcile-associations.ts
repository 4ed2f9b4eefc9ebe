import type { Association, Evaluation } from './association.ts';
import { isEqual } from './is-equal.ts';
import { recordKey } from './record-order.ts';

/** A link that is stored because no other link implies it: of a participant, or by a person. */
export type DirectLink = Pick<Association, 'module' | 'id' | 'name' | 'origin' | 'path' | 'reason' | 'participantKeys'>;

export type Reconciliation = { insert: DirectLink[]; update: DirectLink[]; delete: DirectLink[] };

/** The links of an evaluation that are stored; cascaded ones are derived whenever they are needed. */
export function directLinks({ associations }: Evaluation): DirectLink[] {
  return associations
    .filter((link) => link.origin !== 'cascade')
    .map(({ module, id, name, origin, path, reason, participantKeys }) => ({
      module,
      id,
      name,
      origin,
      path,
      reason,
      participantKeys,
    }));
}

/**
 * Desired direct links against stored ones. A stored link of somebody whose address Zoho withholds now is left alone:
 * withheld is not absent.
 */
export function reconcileAssociations(stored: readonly DirectLink[], evaluation: Evaluation): Reconciliation {
  const withheld = new Set(
    evaluation.matches.filter((match) => match.kind === 'unknown').map((match) => match.participantKey),
  );
  const before = new Map(stored.map((link) => [recordKey(link), link]));
  const desired = directLinks(evaluation);
  const kept = new Set(desired.map(recordKey));
  return {
    insert: desired.filter((link) => !before.has(recordKey(link))),
    update: desired.filter((link) => before.has(recordKey(link)) && !isEqual(before.get(recordKey(link)), link)),
    delete: stored.filter(
      (link) => !kept.has(recordKey(link)) && !link.participantKeys.some((participant) => withheld.has(participant)),
    ),
  };
}
