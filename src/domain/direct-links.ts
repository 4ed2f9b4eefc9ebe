import type { Association, Evaluation } from './association.ts';

/** A link that is stored because no other link implies it: of a participant, or by a person. */
type DirectLink = Pick<Association, 'module' | 'id' | 'name' | 'origin' | 'path' | 'reason' | 'participantKeys'>;

/**
 * The links of an evaluation that are stored; cascaded ones are derived whenever they are needed. Whose address is withheld now
 * is still matched by what was stored before (`formerCandidates`), so nobody loses a link by it.
 */
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
