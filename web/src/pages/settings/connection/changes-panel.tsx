import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { MirrorHealth, ZohoCard } from '../../../api/types.ts';
import { countOf } from '../../../format/amounts.ts';
import { Chip, type Tone } from '../../../pieces/chip.tsx';
import { Ago, Moment, Until } from '../../../pieces/moment.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import { FactList } from '../fact-list.tsx';
import integrations from '../integrations.module.css';

/** How changes in Zoho come here, and whether they do. */
export function ChangesPanel({ card }: { card: ZohoCard }) {
  const health = card.mirrorHealth;
  return (
    <Panel
      title="Changes from Zoho"
      label="Changes from Zoho"
      aside={
        card.lastChangeSeenAt !== null && (
          <span>
            last change seen <Ago at={card.lastChangeSeenAt} />
          </span>
        )
      }
    >
      {health === null ? (
        <p className={integrations.soft} style={{ margin: 0 }}>
          Nothing is followed before Zoho is connected.
        </p>
      ) : (
        <Health card={card} health={health} />
      )}
    </Panel>
  );
}

function Health({ card, health }: { card: ZohoCard; health: MirrorHealth }) {
  if (card.state !== 'connected') return <Paused health={health} />;
  return (
    <>
      {health.problem !== null && (
        <p className={integrations.mind} role="status">
          <IconAlertTriangle size={16} aria-hidden />
          <span>{health.problem}</span>
        </p>
      )}
      <FactList
        facts={[
          {
            name: 'Looked at Zoho',
            value: health.lastPollAt === null ? 'not since the load' : <Ago at={health.lastPollAt} />,
          },
          { name: 'Next look', value: nextLook(health) },
          {
            name: 'Notifications',
            value: <Notifications channel={health.channel} isExplained={health.problem !== null} />,
          },
          { name: 'Edited notes', value: noteWords[health.notesSeenBy] },
          { name: 'Credits for this', value: `${countOf(health.creditsUsed, 'credit')} in 24 hours` },
        ]}
      />
    </>
  );
}

function Paused({ health }: { health: MirrorHealth }) {
  return (
    <>
      <p className={integrations.mind}>
        <IconAlertTriangle size={16} aria-hidden />
        <span>
          Changes in Zoho are not seen now. Whatever happens there is read as soon as Zoho is connected again.
        </span>
      </p>
      <FactList
        facts={[
          { name: 'Looked at Zoho', value: health.lastPollAt === null ? 'never' : <Ago at={health.lastPollAt} /> },
        ]}
      />
    </>
  );
}

function nextLook(health: MirrorHealth): ReactNode {
  return health.nextPollAt === null ? 'not planned' : <Until at={health.nextPollAt} />;
}

const noteWords: Record<MirrorHealth['notesSeenBy'], string> = {
  list: 'seen at each look, in Zoho’s list of all notes',
  drift: 'seen at our next write or at the nightly comparison: Zoho does not show this user the list of all notes',
};

type Channel = NonNullable<MirrorHealth['channel']>;

const channelLooks: Record<Channel['state'], { tone: Tone; word: string; text: string }> = {
  heard: { tone: 'green', word: 'Heard', text: 'Zoho tells of changes at once.' },
  open: { tone: 'blue', word: 'Open', text: 'Nothing was told yet. It shows with the first change.' },
  silent: {
    tone: 'amber',
    word: 'Silent',
    text: 'A look found changes that Zoho did not tell of. A new channel is opened by itself; until then changes are seen at each look.',
  },
  expired: {
    tone: 'amber',
    word: 'Expired',
    text: 'It is opened again by itself; until then changes are seen at each look.',
  },
};

function Notifications({ channel, isExplained }: { channel: MirrorHealth['channel']; isExplained: boolean }) {
  if (channel === null) {
    return (
      <>
        <Chip tone="grey">None</Chip>
        <span className={integrations.under}>
          {isExplained
            ? 'Changes are seen at each look only.'
            : 'Zoho cannot call this product, which has no public address: changes are seen at each look only. Set PUBLIC_URL to an address that Zoho reaches, and start again.'}
        </span>
      </>
    );
  }
  const look = channelLooks[channel.state];
  return (
    <>
      <Chip tone={look.tone}>{look.word}</Chip>
      <span className={integrations.under}>{look.text}</span>
      <span className={integrations.under}>
        {channel.lastHeardAt !== null && (
          <>
            Last heard <Ago at={channel.lastHeardAt} />.{' '}
          </>
        )}
        {channel.state === 'expired' ? 'Expired ' : 'Runs until '}
        <Moment at={channel.expiresAt} />
        {channel.state === 'expired' ? '.' : ', renewed before.'}
      </span>
    </>
  );
}
