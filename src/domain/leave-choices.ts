export type LeaveChoice = 'remove' | 'keep';

/**
 * What an organization does with what we wrote when it leaves the CRM. `events`: those that we created; the calendar's own events
 * always stay. `ids`: the meeting's id on events that stay, and what we filled in on the calendar's events. `fields`: those that we
 * made on events; everything that stands in them goes with them.
 */
export type LeaveChoices = { events: LeaveChoice; notes: LeaveChoice; ids: LeaveChoice; fields: LeaveChoice };

/** Choices in their own words: why they cannot be carried out, or what they amount to beyond what was chosen. */
export type JudgedChoices =
  | { kind: 'refused'; reason: string }
  /** `choices` as they are carried out. `says`: what somebody might not expect, in sentences. */
  | { kind: 'accepted'; choices: LeaveChoices; says: string[] };

/** Makes sense of choices that touch each other; refuses those that would do nothing. */
export function judgeChoices(chosen: LeaveChoices): JudgedChoices {
  if (Object.values(chosen).every((choice) => choice === 'keep')) {
    const reason = 'Nothing is to be removed: press Disconnect instead, which leaves everything in Zoho as it is.';
    return { kind: 'refused', reason };
  }
  const choices: LeaveChoices = chosen.fields === 'remove' ? { ...chosen, ids: 'remove' } : chosen;
  const says: string[] = [];
  if (choices.events === 'remove' && choices.notes === 'keep') {
    says.push(
      'Notes on our events go with them. Notes on accounts, contacts, deals and leads stay; their link to the event leads nowhere then.',
    );
  }
  if (chosen.fields === 'remove' && chosen.ids === 'keep') {
    says.push('The ids go with the field that holds them: without it no event can carry one.');
  }
  if (chosen.fields === 'remove' && chosen.events === 'keep') {
    says.push('Events that stay lose what stands in our fields; everything else on them stays.');
  }
  return { kind: 'accepted', choices, says };
}

/** True where no event and no note goes: a connection that comes back goes on with all of them. */
export function leavesRecords({ events, notes }: LeaveChoices): boolean {
  return events === 'keep' && notes === 'keep';
}
