import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconHelpCircle, IconMinus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useCheckPermissions, usePermissions } from '../../../api/connection.ts';
import { useRights } from '../../../api/session.ts';
import type { Permissions, RightLine } from '../../../api/types.ts';
import { Chip, type Tone } from '../../../pieces/chip.tsx';
import tables from '../../../pieces/data-table.module.css';
import { Ago } from '../../../pieces/moment.tsx';
import { EmptyNote, ProblemNote, RowsSkeleton } from '../../../pieces/page-states.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import { showDone } from '../../../pieces/show-message.tsx';
import classes from './connection.module.css';

/** What the connecting user may do in Zoho, line by line, with what is lost without it and the cure. */
export function PermissionsPanel({ canCheck }: { canCheck: boolean }) {
  const rights = usePermissions();
  return (
    <Panel
      isFlush
      title={<span id="permissions">Permissions</span>}
      label="Permissions"
      aside={
        <>
          {rights.data && <CheckedLine rights={rights.data} />}
          {canCheck && <CheckButton />}
        </>
      }
    >
      {rights.data ? (
        <RightTable lines={rights.data.lines} />
      ) : rights.isError ? (
        <ProblemNote error={rights.error} onRetry={() => void rights.refetch()} />
      ) : (
        <RowsSkeleton rows={10} />
      )}
    </Panel>
  );
}

function CheckedLine({ rights }: { rights: Permissions }) {
  if (rights.lines.length === 0) return null;
  const who = [rights.userName, rights.profileName && `(${rights.profileName})`].filter(Boolean).join(' ');
  return (
    <span className={classes.checked}>
      {rights.checkedAt === null ? (
        'Checked before somebody reconnected; looked at again in a moment'
      ) : (
        <>
          checked <Ago at={rights.checkedAt} />
        </>
      )}
      {who !== '' && (
        <>
          {' '}
          for <bdi>{who}</bdi>
        </>
      )}
    </span>
  );
}

function CheckButton() {
  const check = useCheckPermissions();
  const { canAdminister } = useRights();
  if (!canAdminister) return null;
  return (
    <Button
      size="xs"
      variant="default"
      title="Asks Zoho again; costs at most 12 credits"
      loading={check.isPending}
      onClick={() => check.mutate(undefined, { onSuccess: ({ lines }) => showDone(summaryOf(lines)) })}
    >
      Check now
    </Button>
  );
}

const refusals: RightLine['result'][] = ['missing_scope', 'missing_profile_permission', 'not_available_in_edition'];

function summaryOf(lines: RightLine[]): string {
  const refused = lines.filter(({ result }) => refusals.includes(result)).length;
  return refused === 0 ? 'Checked: nothing is missing.' : `Checked: ${refused} of ${lines.length} rights are missing.`;
}

const looks: Record<RightLine['result'], { tone: Tone; word: string; icon: ReactNode; order: number }> = {
  missing_scope: { tone: 'red', word: 'Scope missing', icon: <IconCircleX aria-hidden />, order: 0 },
  missing_profile_permission: {
    tone: 'red',
    word: 'Not in the profile',
    icon: <IconCircleX aria-hidden />,
    order: 0,
  },
  not_available_in_edition: {
    tone: 'amber',
    word: 'Not in this edition',
    icon: <IconAlertTriangle aria-hidden />,
    order: 1,
  },
  unknown: { tone: 'amber', word: 'Could not be tested', icon: <IconHelpCircle aria-hidden />, order: 2 },
  ok: { tone: 'green', word: 'OK', icon: <IconCircleCheck aria-hidden />, order: 3 },
  not_needed: { tone: 'grey', word: 'Not needed', icon: <IconMinus aria-hidden />, order: 4 },
};

function RightTable({ lines }: { lines: RightLine[] }) {
  if (lines.length === 0) {
    return (
      <EmptyNote icon={<IconHelpCircle size={22} aria-hidden />} title="Not checked yet">
        It is gone through when Zoho is connected, and whenever Zoho refuses something.
      </EmptyNote>
    );
  }
  const sorted = [...lines].sort((a, b) => looks[a.result].order - looks[b.result].order);
  return (
    <table className={`${tables.table} ${tables.cards} ${classes.rights}`}>
      <thead>
        <tr>
          <th style={{ width: '24%' }}>Right</th>
          <th style={{ width: 160 }}>Result</th>
          <th>Without it</th>
          <th style={{ width: '26%' }}>Cure</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((line) => (
          <RightRow key={line.key} line={line} />
        ))}
      </tbody>
    </table>
  );
}

function RightRow({ line }: { line: RightLine }) {
  const look = looks[line.result];
  const isFine = line.result === 'ok' || line.result === 'not_needed';
  return (
    <tr data-fine={isFine || undefined}>
      <td className={tables.strong}>{line.title}</td>
      <td>
        <Chip tone={look.tone} icon={look.icon}>
          {look.word}
        </Chip>
      </td>
      <td
        className={isFine ? tables.soft : undefined}
        data-label="Without it:"
        data-phone={isFine ? 'hide' : undefined}
      >
        {line.lost}
      </td>
      <td data-label="Cure:" data-phone={isFine ? 'hide' : undefined}>
        {line.cure}
        {line.detail !== null && <span className={classes.detail}>{line.detail}</span>}
      </td>
    </tr>
  );
}
