import { ActionIcon, Switch, Tooltip } from '@mantine/core';
import { IconArrowsHorizontal } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { isPersonModule, type LinkDecision, useMeetingDecisions } from '../../../api/meetings.ts';
import { useAccountsOfContacts } from '../../../api/records.ts';
import type { CrmModule, MeetingDetail, Participant } from '../../../api/types.ts';
import { countOf, countText } from '../../../format/amounts.ts';
import { moduleWords } from '../../../format/words.ts';
import { FindRecordDialog } from '../../../pieces/find-record-dialog.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import { buildPicture, contactsWithoutCompany } from './build-picture.ts';
import { type Decisions, DecisionsContext } from './decisions.ts';
import { foldAbove } from './picture-column.tsx';
import { PictureView } from './picture-view.tsx';

type Wanted = { kind: 'person'; participant: Participant } | { kind: 'link'; modules: CrmModule[] };

/** Who took part and what it is about: people, contacts, accounts and deals, and why each of them is linked. */
export function PicturePart({ meeting, isWide, onWiden }: PicturePartProps) {
  const [isConsideredShown, setConsideredShown] = useState(true);
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const { link, person } = useMeetingDecisions(meeting.externalId);
  const accountOf = useAccountsOfContacts(contactsWithoutCompany(meeting).slice(0, foldAbove));
  const shown = useMemo(
    () => buildPicture(isConsideredShown ? meeting : { ...meeting, notLinked: [] }, accountOf),
    [meeting, isConsideredShown, accountOf],
  );
  const decide = (module: CrmModule, crmId: string, decision: LinkDecision['decision']) =>
    link.mutate({ module, crmId, decision });
  const decisions: Decisions = {
    decide,
    choose: (participantKey, module, crmId) =>
      isPersonModule(module)
        ? person.mutate({ participantKey, kind: 'chosen', module, crmId })
        : decide(module, crmId, 'added'),
    ignore: (participantKey) => person.mutate({ participantKey, kind: 'ignored' }),
    resetPerson: (participantKey) => person.mutate({ participantKey, kind: 'reset' }),
    findPerson: (participant) => setWanted({ kind: 'person', participant }),
  };
  return (
    <DecisionsContext value={decisions}>
      <Panel
        title="Who and what"
        label="Who and what"
        aside={
          <>
            {meeting.notLinked.length > 0 && (
              <Switch
                size="xs"
                label={`Not linked (${countText(meeting.notLinked.length)})`}
                checked={isConsideredShown}
                onChange={(event) => setConsideredShown(event.currentTarget.checked)}
              />
            )}
            <Tooltip label={isWide ? 'Back beside the conversation' : 'Use the whole width'}>
              <ActionIcon
                variant="subtle"
                color="gray"
                visibleFrom="lg"
                aria-pressed={isWide}
                aria-label="Use the whole width"
                onClick={onWiden}
              >
                <IconArrowsHorizontal size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </>
        }
      >
        <RolesNote count={meeting.rolesStillLoading} />
        <PictureView picture={shown} onAdd={(modules) => setWanted({ kind: 'link', modules })} />
      </Panel>
      {wanted !== null && (
        <FindRecordDialog
          title={dialogTitle(wanted)}
          modules={wanted.kind === 'person' ? ['contacts', 'leads'] : wanted.modules}
          startWith={wanted.kind === 'person' ? (wanted.participant.name ?? '') : ''}
          onClose={() => setWanted(null)}
          onChoose={(record) => {
            if (wanted.kind === 'person') decisions.choose(wanted.participant.key, record.module, record.crmId);
            else decide(record.module, record.crmId, 'added');
            setWanted(null);
          }}
        />
      )}
    </DecisionsContext>
  );
}

type PicturePartProps = { meeting: MeetingDetail; isWide: boolean; onWiden: () => void };

function dialogTitle(wanted: Wanted): string {
  if (wanted.kind === 'person') return `Who is ${wanted.participant.name ?? wanted.participant.email ?? 'this'}?`;
  return `Link ${wanted.modules.map((module) => `a${module === 'accounts' ? 'n' : ''} ${moduleWords[module].one}`).join(' or ')}`;
}

function RolesNote({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <p style={{ margin: '0 0 12px', color: 'var(--state-blue)', fontSize: 13 }} role="status">
      Contact roles of {countOf(count, 'deal')} are still loading from Zoho. More links may follow.
    </p>
  );
}
