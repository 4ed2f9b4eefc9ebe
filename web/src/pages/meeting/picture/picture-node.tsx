import { Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconHelpCircle,
  IconPencil,
  IconPinFilled,
  IconPlus,
  IconUserOff,
  IconUserPlus,
} from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import type { Association } from '../../../api/types.ts';
import { matchWords, notLinkedWords } from '../../../format/words.ts';
import { Name } from '../../../pieces/name.tsx';
import type { PictureNode } from './build-picture.ts';
import { NodeCard } from './node-card.tsx';
import classes from './picture-node.module.css';

/** How a node stands to what is pointed at: lit with it, dimmed beside it, or neither. */
export type Light = 'lit' | 'dim' | 'plain';

type PictureNodeProps = {
  node: PictureNode;
  light: Light;
  onPoint: (id: string | null) => void;
  children?: ReactNode;
};

/** One box of the picture. Pointing lights its path; opening it tells why and lets a person decide. */
export const PictureNodeBox = memo(function PictureNodeBox({ node, light, onPoint, children }: PictureNodeProps) {
  const [isOpen, card] = useDisclosure(false);
  return (
    <li className={classes.item}>
      <Popover
        opened={isOpen}
        onChange={(opened) => (opened ? card.open() : card.close())}
        width={320}
        shadow="lg"
        withArrow
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <button
            type="button"
            className={classes.node}
            data-node={node.id}
            data-kind={node.kind}
            data-light={light}
            data-asks={isAsking(node) || undefined}
            aria-label={`${node.name}. ${node.reason}`}
            onPointerEnter={() => onPoint(node.id)}
            onPointerLeave={() => onPoint(null)}
            onFocus={() => onPoint(node.id)}
            onBlur={() => onPoint(null)}
            onClick={card.toggle}
          >
            <span className={classes.name}>
              <Name lines={2}>{node.name}</Name>
            </span>
            <NodeDetail node={node} />
          </button>
        </Popover.Target>
        <Popover.Dropdown>{isOpen && <NodeCard node={node} onDone={card.close} />}</Popover.Dropdown>
      </Popover>
      {children}
    </li>
  );
});

const isAsking = (node: PictureNode) => node.kind === 'person' && node.participant.match.kind === 'ambiguous';

function NodeDetail({ node }: { node: PictureNode }) {
  if (node.kind === 'person') return <PersonDetail node={node} />;
  if (node.kind === 'considered') {
    return (
      <span className={classes.detail}>
        <IconHelpCircle aria-hidden />
        <span className={classes.cut}>{notLinkedWords[node.notLinked.cause] ?? 'Not linked'}</span>
      </span>
    );
  }
  const { association } = node;
  const { facts } = association;
  const words = [association.module === 'leads' ? 'Lead' : null, facts.stage ?? shownWord(association)].filter(Boolean);
  return (
    <span className={classes.detail} data-closed={facts.isOpen === false || undefined}>
      {association.origin === 'zoho' && <IconPencil role="img" aria-label="Decided in Zoho" />}
      {association.decision === 'pinned' && association.origin !== 'zoho' && (
        <IconPinFilled role="img" aria-label="Pinned" />
      )}
      {association.decision === 'added' && association.origin !== 'zoho' && (
        <IconPlus role="img" aria-label="Added by a person" />
      )}
      {association.published && (
        <IconCircleCheck role="img" aria-label="Shows the meeting in Zoho" className={classes.inZoho} />
      )}
      {words.length > 0 && <span className={classes.cut}>{words.join(' · ')}</span>}
    </span>
  );
}

/** How Zoho shows the meeting on a record that has no stage to tell. */
function shownWord({ published, publishedAs }: Association): string {
  if (!published || publishedAs === null) return 'Linked here';
  return { primary: 'Main record', contact: 'Contact', participant: 'Participant', note: 'Note' }[publishedAs];
}

const personIcons = {
  internal: null,
  matched: null,
  ambiguous: <IconAlertTriangle aria-hidden className={classes.warning} />,
  account_by_domain: null,
  unknown: <IconHelpCircle aria-hidden />,
  unmatched: <IconUserOff aria-hidden />,
};

function PersonDetail({ node }: { node: Extract<PictureNode, { kind: 'person' }> }) {
  const { participant } = node;
  const { match } = participant;
  const count = match.candidates.length;
  const word =
    match.kind === 'ambiguous'
      ? `${count} fit`
      : match.kind === 'matched'
        ? (participant.email ?? participant.phone ?? '')
        : match.kind === 'internal' && participant.role === 'organizer'
          ? 'Host'
          : matchWords[match.kind];
  return (
    <span className={classes.detail} data-asks={match.kind === 'ambiguous' || undefined}>
      {personIcons[match.kind]}
      {match.module === 'leads' && <IconUserPlus role="img" aria-label="Lead" />}
      <bdi className={classes.cut}>{word}</bdi>
    </span>
  );
}
