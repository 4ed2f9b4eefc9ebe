import { IconBriefcase, IconBuilding, IconUser, IconUserPlus, type TablerIcon } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CrmModule } from '../api/types.ts';
import { moduleWords } from '../format/words.ts';
import { Name } from './name.tsx';

const icons: Record<CrmModule, TablerIcon> = {
  contacts: IconUser,
  leads: IconUserPlus,
  accounts: IconBuilding,
  deals: IconBriefcase,
};

/** The sign of a module, with its word for screen readers. */
export function ModuleIcon({ module, size = 15 }: { module: CrmModule; size?: number }) {
  const Icon = icons[module];
  return <Icon size={size} role="img" aria-label={moduleWords[module].one} style={{ flex: 'none' }} />;
}

const pages = {
  contacts: '/people/$id',
  leads: '/leads/$id',
  accounts: '/accounts/$id',
  deals: '/deals/$id',
} as const;

export const recordPage = (module: CrmModule) => pages[module];

/** A record's name that opens its page here. */
export function RecordLink({
  module,
  crmId,
  name,
  children,
}: {
  module: CrmModule;
  crmId: string;
  name: string;
  children?: ReactNode;
}) {
  return (
    <Link to={pages[module]} params={{ id: crmId }} className="quiet-link" style={{ minWidth: 0, maxWidth: '100%' }}>
      {children ?? <Name>{name}</Name>}
    </Link>
  );
}
