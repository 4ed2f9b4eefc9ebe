import { decideLink, decidePerson, isPersonModule, publishMeeting } from '../../api/meetings.ts';
import type { NeedsYouItem } from '../../api/types.ts';

/** An answer to a question: what it says, what it does, and how it is taken back (null: it cannot be). */
export type Answer = {
  key: string;
  label: string;
  detail: string | null;
  said: string;
  work: () => Promise<unknown>;
  undo: (() => Promise<unknown>) | null;
};

/** The numbered answers to a question; `x` is apart: see `refusal`. */
export function answersTo(item: NeedsYouItem): Answer[] {
  if (item.cause === 'ambiguous') return item.candidates.map((candidate) => chooseAnswer(item, candidate));
  if (item.cause === 'too_many_deals') return item.candidates.map((candidate) => linkAnswer(item, candidate));
  if (item.cause === 'nobody_matched') {
    return [publishAnswer(item, true, 'Publish anyway', 'The event shows everybody by e-mail, on no record.')];
  }
  if (item.cause === 'failed') return [publishAnswer(item, false, 'Try again', 'Only what is missing is written.')];
  return [publishAnswer(item, false, 'Write ours again', 'Zoho shows again what this meeting says.')];
}

/** What `x` does: nobody of these people is the participant. */
export function refusal(item: NeedsYouItem): Answer | null {
  const participant = item.participant;
  if (participant === null) return null;
  const { externalId } = item.meeting;
  const participantKey = participant.key;
  return {
    key: 'x',
    label: item.cause === 'ambiguous' ? 'None of them' : 'Nobody to look for',
    detail: null,
    said: `${nameOf(item)}: nobody in Zoho`,
    work: () => decidePerson(externalId, { participantKey, kind: 'ignored' }),
    undo: () => decidePerson(externalId, { participantKey, kind: 'reset' }),
  };
}

/** A candidate of the question, or a record that a person searched for. */
type Choice = Pick<NeedsYouItem['candidates'][number], 'module' | 'crmId' | 'name'> & { detail: string | null };

/** The answer that a participant is this record; an account, which nobody can be, is linked instead. */
export function chooseAnswer(item: NeedsYouItem, candidate: Choice): Answer {
  const participantKey = item.participant?.key ?? '';
  const { externalId } = item.meeting;
  const { module, crmId, name, detail } = candidate;
  if (!isPersonModule(module)) return linkAnswer(item, candidate);
  return {
    key: `${module}:${crmId}`,
    label: name,
    detail,
    said: `${nameOf(item)} is ${name}`,
    work: () => decidePerson(externalId, { participantKey, kind: 'chosen', module, crmId }),
    undo: () => decidePerson(externalId, { participantKey, kind: 'reset' }),
  };
}

function linkAnswer(item: NeedsYouItem, { module, crmId, name, detail }: Choice): Answer {
  const { externalId } = item.meeting;
  return {
    key: `${module}:${crmId}`,
    label: name,
    detail,
    said: `Linked to ${name}`,
    work: () => decideLink(externalId, { module, crmId, decision: 'added' }),
    undo: () => decideLink(externalId, { module, crmId, decision: 'reset' }),
  };
}

function publishAnswer(item: NeedsYouItem, anyway: boolean, label: string, detail: string): Answer {
  return {
    key: 'publish',
    label,
    detail,
    said: `${item.meeting.title}: on its way to Zoho`,
    work: () => publishMeeting(item.meeting.externalId, anyway),
    undo: null,
  };
}

const nameOf = (item: NeedsYouItem) => item.participant?.name ?? item.participant?.email ?? 'The participant';
