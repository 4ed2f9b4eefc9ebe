import { IconAlertTriangle, IconCircleCheck, IconLoader2, IconPlug } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ConnectionState, Session } from '../api/types.ts';
import { Chip, type Tone } from '../pieces/chip.tsx';
import classes from './connection-chip.module.css';

const looks: Record<ConnectionState, { tone: Tone; icon: ReactNode; word: string }> = {
  not_connected: { tone: 'grey', icon: <IconPlug aria-hidden />, word: 'Not connected' },
  connecting: { tone: 'blue', icon: <IconLoader2 aria-hidden />, word: 'Connecting' },
  connected: { tone: 'green', icon: <IconCircleCheck aria-hidden />, word: 'Connected' },
  needs_reauth: { tone: 'red', icon: <IconAlertTriangle aria-hidden />, word: 'Reconnect' },
  disconnected: { tone: 'grey', icon: <IconPlug aria-hidden />, word: 'Disconnected' },
};

/** State of a connection in colour, icon and word. */
export function ConnectionStateChip({ state }: { state: ConnectionState }) {
  const look = looks[state];
  return (
    <Chip tone={look.tone} icon={look.icon}>
      {look.word}
    </Chip>
  );
}

/** The connection at the top of every page; opens its page, or the way to make one. */
export function ConnectionChip({ session }: { session: Session }) {
  const { state, label } = session.connection;
  const look = looks[state];
  const isKnown = state === 'connected' || state === 'needs_reauth';
  return (
    <Link
      to={isKnown ? '/settings/integrations/zoho' : '/settings/integrations'}
      className={classes.link}
      title={label}
      aria-label={`Zoho: ${look.word}. ${label}`}
    >
      <Chip tone={look.tone} icon={look.icon}>
        <span className={classes.word}>
          {look.word}
          {session.sandboxUrl !== null && state === 'connected' ? ' · Sandbox' : ''}
        </span>
      </Chip>
    </Link>
  );
}
