import { SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconDatabaseOff, IconSearch } from '@tabler/icons-react';
import { Link, useMatch, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { type RecordFilters, useRecords } from '../../api/records.ts';
import type { CrmModule } from '../../api/types.ts';
import { moduleWords } from '../../format/words.ts';
import { PageHead } from '../../pieces/page-head.tsx';
import { EmptyNote, ProblemNote, RowsSkeleton } from '../../pieces/page-states.tsx';
import { Pager } from '../../pieces/pager.tsx';
import { Panel } from '../../pieces/panel.tsx';
import { usePages } from '../../pieces/use-pages.ts';
import classes from './record-list-page.module.css';
import { RecordTable } from './record-table.tsx';

const abouts: Record<CrmModule, string> = {
  accounts: 'Companies in Zoho, with the conversations that concern them',
  deals: 'Deals in Zoho, with the conversations that concern them',
  contacts: 'People in Zoho, with the conversations they took part in',
  leads: 'Leads in Zoho, with the conversations they took part in',
};

/** The list of records of one module. */
export function RecordListPage() {
  const module = useMatch({ strict: false, select: (match) => match.staticData.module }) ?? 'accounts';
  return <RecordList key={module} module={module} />;
}

function RecordList({ module }: { module: CrmModule }) {
  const filters: RecordFilters = useSearch({ strict: false });
  const navigate = useNavigate();
  const pages = usePages(`${module} ${JSON.stringify(filters)}`);
  const records = useRecords(module, filters, pages.cursor);
  const change = (next: RecordFilters) => void navigate({ to: '.', search: next, replace: true });
  const isPeople = module === 'contacts' || module === 'leads';
  return (
    <>
      <PageHead
        title={isPeople ? 'People' : moduleWords[module].title}
        about={abouts[module]}
        actions={isPeople && <PeopleSwitch module={module} />}
      />
      <search className={classes.bar}>
        <WordsFilter filters={filters} module={module} onChange={change} />
        {module === 'deals' && <OpenFilter filters={filters} onChange={change} />}
      </search>
      <Panel isFlush label={moduleWords[module].title}>
        {records.data === undefined ? (
          records.isError ? (
            <ProblemNote error={records.error} onRetry={() => void records.refetch()} />
          ) : (
            <RowsSkeleton rows={12} />
          )
        ) : records.data.data.length === 0 ? (
          <NoRecords module={module} isFiltered={Object.keys(filters).length > 0} />
        ) : (
          <RecordTable module={module} records={records.data.data} />
        )}
        {records.data && (
          <Pager pages={pages} shown={records.data.data.length} pageSize={50} nextCursor={records.data.nextCursor} />
        )}
      </Panel>
    </>
  );
}

type FilterProps = { filters: RecordFilters; onChange: (filters: RecordFilters) => void };

function WordsFilter({ filters, module, onChange }: FilterProps & { module: CrmModule }) {
  const [text, setText] = useState(filters.q ?? '');
  const send = useDebouncedCallback((q: string) => {
    const { q: _old, ...rest } = filters;
    onChange(q === '' ? rest : { ...rest, q });
  }, 250);
  return (
    <TextInput
      className={classes.words}
      aria-label={`Search ${moduleWords[module].many}`}
      placeholder={module === 'contacts' || module === 'leads' ? 'Name or e-mail' : 'Name'}
      leftSection={<IconSearch size={15} aria-hidden />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        send(event.currentTarget.value.trim());
      }}
    />
  );
}

function OpenFilter({ filters, onChange }: FilterProps) {
  return (
    <SegmentedControl
      aria-label="Which deals"
      value={filters.open ?? 'all'}
      onChange={(value) => {
        const { open: _old, ...rest } = filters;
        onChange(value === 'true' || value === 'false' ? { ...rest, open: value } : rest);
      }}
      data={[
        { value: 'all', label: 'All' },
        { value: 'true', label: 'Open' },
        { value: 'false', label: 'Closed' },
      ]}
    />
  );
}

function PeopleSwitch({ module }: { module: CrmModule }) {
  return (
    <nav className={classes.switch} aria-label="Kind of people">
      <Link to="/people" data-active={module === 'contacts' || undefined}>
        Contacts
      </Link>
      <Link to="/leads" data-active={module === 'leads' || undefined}>
        Leads
      </Link>
    </nav>
  );
}

function NoRecords({ module, isFiltered }: { module: CrmModule; isFiltered: boolean }) {
  return (
    <EmptyNote
      icon={<IconDatabaseOff size={22} aria-hidden />}
      title={isFiltered ? `No ${moduleWords[module].one} fits` : `No ${moduleWords[module].many} yet`}
    >
      {isFiltered ? 'Try fewer letters.' : 'They appear here once Zoho is connected and the first load is done.'}
    </EmptyNote>
  );
}
