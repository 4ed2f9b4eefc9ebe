import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { MeetingFilters } from '../../api/meetings.ts';

/** Filters of the list of meetings from a figure's `query`; a figure that names the links keeps them. */
export function filtersOf(query: string, links: 'direct' | 'all'): MeetingFilters {
  return { links, ...Object.fromEntries(new URLSearchParams(query)) };
}

/** A figure that opens the meetings it counts. */
export function MeetingsLink({
  query,
  links,
  children,
}: {
  query: string;
  links: 'direct' | 'all';
  children: ReactNode;
}) {
  return (
    <Link to="/meetings" search={filtersOf(query, links)} className="plain-link">
      {children}
    </Link>
  );
}
