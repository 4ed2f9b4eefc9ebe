import { useRights } from '../../../api/session.ts';
import type { Participant } from '../../../api/types.ts';
import { useDecisions } from './decisions.ts';
import classes from './picture-column.module.css';

/** The two answers to somebody who is not in Zoho, at hand under the name. */
export function QuickPersonActions({ participant }: { participant: Participant }) {
  const decisions = useDecisions();
  const { canDecide } = useRights();
  if (!canDecide || participant.match.kind !== 'unmatched' || participant.match.by === 'ignored') return null;
  const name = participant.name ?? participant.email ?? 'this person';
  return (
    <div className={classes.quick}>
      <button type="button" onClick={() => decisions.findPerson(participant)} aria-label={`Find ${name} in Zoho`}>
        Find
      </button>
      <button type="button" onClick={() => decisions.ignore(participant.key)} aria-label={`Ignore ${name}`}>
        Ignore
      </button>
    </div>
  );
}
