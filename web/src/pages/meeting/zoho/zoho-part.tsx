import { Stack } from '@mantine/core';
import { useOperations, usePlan } from '../../../api/meetings.ts';
import type { MeetingDetail } from '../../../api/types.ts';
import { OperationHistory } from './operation-history.tsx';
import { PlanPreview } from './plan-preview.tsx';
import { WrittenPanel } from './written-panel.tsx';

/** What Zoho shows of the meeting, what changes next there, and everything that was written. */
export function ZohoPart({ meeting }: { meeting: MeetingDetail }) {
  const revision = `${meeting.version} ${meeting.state} ${meeting.verifiedAt} ${decisionsOf(meeting)} ${touchesOf(meeting)}`;
  const plan = usePlan(meeting.externalId, revision);
  const operations = useOperations(meeting.externalId, revision);
  return (
    <Stack gap={16}>
      <WrittenPanel meeting={meeting} />
      <PlanPreview meeting={meeting} plan={plan} />
      <OperationHistory operations={operations} />
    </Stack>
  );
}

/** Changes whenever a person decided something: then the plan is another one. */
function decisionsOf(meeting: MeetingDetail): string {
  const people = meeting.participants.map(({ match }) => `${match.kind}${match.crmId ?? ''}`);
  return `${meeting.associations.length} ${meeting.notLinked.length} ${people.join('')}`;
}

/** Changes whenever somebody did something to the event or a note in Zoho. */
function touchesOf({ inZoho, stateReason }: MeetingDetail): string {
  const done = [inZoho.eventEdited, inZoho.eventGone, ...inZoho.notes.flatMap(({ edited, gone }) => [edited, gone])];
  return `${inZoho.eventTitle} ${stateReason} ${done.map((one) => one?.at ?? '').join()}`;
}
