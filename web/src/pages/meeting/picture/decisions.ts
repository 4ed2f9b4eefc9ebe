import { createContext, useContext } from 'react';
import type { LinkDecision } from '../../../api/meetings.ts';
import type { CrmModule, Participant } from '../../../api/types.ts';

/** What a person can decide in the picture. */
export type Decisions = {
  decide: (module: CrmModule, crmId: string, decision: LinkDecision['decision']) => void;
  /** Says who a participant is; an account, which nobody can be, is linked instead. */
  choose: (participantKey: string, module: CrmModule, crmId: string) => void;
  ignore: (participantKey: string) => void;
  resetPerson: (participantKey: string) => void;
  /** Opens the search for who a participant is. */
  findPerson: (participant: Participant) => void;
};

export const DecisionsContext = createContext<Decisions | null>(null);

/** The decisions of the picture around; only nodes inside it may ask. */
export function useDecisions(): Decisions {
  const decisions = useContext(DecisionsContext);
  if (decisions === null) throw new Error('This node stands outside of a picture that takes decisions.');
  return decisions;
}
