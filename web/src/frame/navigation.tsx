import { Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconBriefcase,
  IconBuilding,
  IconChartBar,
  IconHandStop,
  IconSettings,
  IconUsers,
  IconVideo,
  type TablerIcon,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Session } from '../api/types.ts';
import { countText } from '../format/amounts.ts';
import { KindNote } from './kind-note.tsx';
import classes from './navigation.module.css';

const places = [
  { to: '/meetings', label: 'Meetings', icon: IconVideo },
  { to: '/needs-you', label: 'Needs you', icon: IconHandStop },
  { to: '/accounts', label: 'Accounts', icon: IconBuilding },
  { to: '/deals', label: 'Deals', icon: IconBriefcase },
  { to: '/people', label: 'People', icon: IconUsers },
  { to: '/analytics', label: 'Analytics', icon: IconChartBar },
  { to: '/settings', label: 'Settings', icon: IconSettings },
] as const satisfies { to: string; label: string; icon: TablerIcon }[];

/** The places of the product; only the count of what needs a person asks for attention. */
export function Navigation({ session }: { session: Session | undefined }) {
  const isRail = useMediaQuery('(min-width: 48em) and (max-width: 74.99em)') ?? false;
  return (
    <div className={classes.nav}>
      <ul className={classes.list}>
        {places.map(({ to, label, icon: Icon }) => (
          <li key={to}>
            <Tooltip label={label} position="right" disabled={!isRail}>
              <Link to={to} className={classes.item} activeProps={{ 'data-active': true }}>
                <Icon size={18} stroke={1.7} aria-hidden />
                <span className={classes.label}>{label}</span>
                {to === '/needs-you' && <Count value={session?.needsYou ?? 0} />}
              </Link>
            </Tooltip>
          </li>
        ))}
      </ul>
      {session && <KindNote session={session} />}
    </div>
  );
}

function Count({ value }: { value: number }) {
  if (value === 0) return null;
  return (
    <span className={classes.count}>
      {value > 999 ? '999+' : countText(value)}
      <span className={classes.hidden}> waiting</span>
    </span>
  );
}
