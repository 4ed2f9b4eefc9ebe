import { Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useRights } from '../../../api/session.ts';
import type { CrmModule } from '../../../api/types.ts';
import { moneyText } from '../../../format/amounts.ts';
import { calendarDayText } from '../../../format/moments.ts';
import { matchWords, moduleWords, notLinkedWords, publishedAsWords } from '../../../format/words.ts';
import { recordPage } from '../../../pieces/record-link.tsx';
import type { PictureNode } from './build-picture.ts';
import { useDecisions } from './decisions.ts';

/** What is known about a node, why it is (not) linked, and what a person can decide about it. */
export function NodeCard({ node, onDone }: { node: PictureNode; onDone: () => void }) {
  return (
    <Stack gap={8}>
      <div>
        <Text fw={620} size="sm" style={{ overflowWrap: 'anywhere' }}>
          <bdi>{node.name}</bdi>
        </Text>
        <Text size="xs" c="var(--ink-soft)">
          {subtitle(node)}
        </Text>
      </div>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {node.reason}
        {node.path !== '' && (
          <Text size="xs" c="var(--ink-soft)" component="span" display="block" mt={4}>
            <bdi>{node.path}</bdi>
          </Text>
        )}
      </Text>
      <Actions node={node} onDone={onDone} />
    </Stack>
  );
}

function subtitle(node: PictureNode): string {
  if (node.kind === 'person') {
    const { participant } = node;
    const address = participant.email ?? participant.phone;
    const attended = participant.attended === false ? 'Did not attend' : null;
    return [matchWords[participant.match.kind], address, attended].filter(Boolean).join(' · ');
  }
  if (node.kind === 'considered') {
    const { module, cause } = node.notLinked;
    return `Considered ${moduleWords[module].one} · ${notLinkedWords[cause] ?? 'not linked'}`;
  }
  const { module, facts, publishedAs, origin } = node.association;
  const shown = publishedAs === null ? 'Linked here only, not shown in Zoho' : publishedAsWords[publishedAs];
  return [
    moduleWords[module].one.replace(/^./, (letter) => letter.toUpperCase()),
    facts.stage,
    facts.amount === null ? null : moneyText(facts.amount, facts.currency),
    facts.closingDate === null ? null : `closes ${calendarDayText(facts.closingDate)}`,
    shown,
    origin === 'zoho' ? 'linked by an edit in Zoho' : null,
  ]
    .filter((word) => word !== null)
    .join(' · ');
}

function Actions({ node, onDone }: { node: PictureNode; onDone: () => void }) {
  const { canDecide } = useRights();
  if (!canDecide) {
    return (
      <Text size="xs" c="var(--ink-soft)">
        Your role may read. Ask an administrator to change links.
      </Text>
    );
  }
  if (node.kind === 'person') return <PersonActions node={node} onDone={onDone} />;
  return <RecordActions node={node} onDone={onDone} />;
}

type PersonNode = Extract<PictureNode, { kind: 'person' }>;

function PersonActions({ node, onDone }: { node: PersonNode; onDone: () => void }) {
  const decisions = useDecisions();
  const { key, match } = node.participant;
  const done = (work: () => void) => () => {
    work();
    onDone();
  };
  if (match.kind === 'internal') return null;
  return (
    <Stack gap={6}>
      {match.candidates.map((candidate) => (
        <Button
          key={candidate.crmId}
          variant="default"
          justify="space-between"
          h="auto"
          py={6}
          rightSection={<IconArrowRight size={14} aria-hidden />}
          onClick={done(() => decisions.choose(key, candidate.module, candidate.crmId))}
        >
          <span style={{ textAlign: 'start', whiteSpace: 'normal' }}>
            <bdi>{candidate.name}</bdi>
            <Text size="xs" c="var(--ink-soft)" component="span" display="block">
              <bdi>{candidate.detail}</bdi>
            </Text>
          </span>
        </Button>
      ))}
      <Group gap={6}>
        <Button size="xs" variant="light" onClick={done(() => decisions.findPerson(node.participant))}>
          {match.kind === 'matched' ? 'Somebody else…' : 'Find in Zoho…'}
        </Button>
        {match.by !== 'decision' && match.by !== 'ignored' && (
          <Button size="xs" variant="subtle" color="gray" onClick={done(() => decisions.ignore(key))}>
            {match.kind === 'ambiguous' ? 'None of them' : 'Ignore'}
          </Button>
        )}
        {(match.by === 'decision' || match.kind === 'unmatched') && (
          <Button
            size="xs"
            variant="subtle"
            title="Forget what a person said, and look for this address in Zoho again"
            onClick={done(() => decisions.resetPerson(key))}
          >
            Look again
          </Button>
        )}
      </Group>
    </Stack>
  );
}

type RecordNode = Exclude<PictureNode, { kind: 'person' }>;

function RecordActions({ node, onDone }: { node: RecordNode; onDone: () => void }) {
  const decisions = useDecisions();
  const { module, crmId } = node.kind === 'linked' ? node.association : node.notLinked;
  const decide = (decision: Parameters<typeof decisions.decide>[2]) => () => {
    decisions.decide(module, crmId, decision);
    onDone();
  };
  const isDecided = node.kind === 'linked' ? node.association.decision !== null : node.notLinked.cause === 'excluded';
  const isPinned = node.kind === 'linked' && node.association.decision === 'pinned';
  return (
    <Group gap={6}>
      {node.kind === 'linked' && !isPinned && (
        <Button size="xs" variant="light" title="Keep this link whatever changes" onClick={decide('pinned')}>
          Pin
        </Button>
      )}
      {node.kind === 'linked' && (
        <Button size="xs" variant="light" color="red" title="Take this link away for good" onClick={decide('excluded')}>
          Exclude
        </Button>
      )}
      {node.kind === 'considered' && (
        <Button size="xs" variant="light" onClick={decide('added')}>
          Link it
        </Button>
      )}
      {isDecided && (
        <Button size="xs" variant="subtle" onClick={decide('reset')}>
          Undo the decision
        </Button>
      )}
      <RecordPageButton module={module} crmId={crmId} />
    </Group>
  );
}

function RecordPageButton({ module, crmId }: { module: CrmModule; crmId: string }) {
  return (
    <Button
      size="xs"
      variant="subtle"
      color="gray"
      renderRoot={(props) => <Link to={recordPage(module)} params={{ id: crmId }} {...props} />}
    >
      Open the {moduleWords[module].one}
    </Button>
  );
}
