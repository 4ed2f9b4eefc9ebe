import { Combobox, Kbd, Loader, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { IconSearch, IconVideo } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useSearch } from '../api/records.ts';
import type { CrmModule, SearchAnswer } from '../api/types.ts';
import { dayText } from '../format/moments.ts';
import { moduleWords } from '../format/words.ts';
import { Name } from '../pieces/name.tsx';
import { ModuleIcon, recordPage } from '../pieces/record-link.tsx';
import classes from './top-search.module.css';

const modules: CrmModule[] = ['accounts', 'deals', 'contacts', 'leads'];

/** Search over meetings and records from everywhere; `/` goes there. */
export function TopSearch() {
  const [text, setText] = useState('');
  const [words] = useDebouncedValue(text.trim(), 180);
  const search = useSearch(words);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const field = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  useHotkeys([['/', () => field.current?.focus()]]);

  const open = (value: string) => {
    const [place, ...rest] = value.split(':');
    const id = rest.join(':');
    setText('');
    combobox.closeDropdown();
    field.current?.blur();
    if (place === 'meetings') void navigate({ to: '/meetings/$externalId', params: { externalId: id } });
    const module = modules.find((name) => name === place);
    if (module) void navigate({ to: recordPage(module), params: { id } });
  };

  return (
    <div className={classes.search}>
      <Combobox store={combobox} onOptionSubmit={open} shadow="md" position="bottom-start">
        <Combobox.Target>
          <TextInput
            ref={field}
            value={text}
            aria-label="Search meetings, accounts, deals and people"
            placeholder="Search"
            leftSection={<IconSearch size={15} aria-hidden />}
            rightSection={search.isFetching ? <Loader size={14} /> : <Kbd className={classes.key}>/</Kbd>}
            onChange={(event) => {
              setText(event.currentTarget.value);
              combobox.openDropdown();
              combobox.updateSelectedOptionIndex();
            }}
            onFocus={() => text !== '' && combobox.openDropdown()}
            onBlur={() => combobox.closeDropdown()}
            onKeyDown={(event) => event.key === 'Escape' && field.current?.blur()}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={words.length < 2} className={classes.dropdown}>
          <Combobox.Options mah="70vh" style={{ overflowY: 'auto' }}>
            <Found answer={search.data} hasFailed={search.isError} words={words} />
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
    </div>
  );
}

type FoundProps = { answer: SearchAnswer | undefined; hasFailed: boolean; words: string };

function Found({ answer, hasFailed, words }: FoundProps) {
  if (hasFailed) return <Combobox.Empty>The search does not answer. Try again in a moment.</Combobox.Empty>;
  if (answer === undefined) return <Combobox.Empty>Searching…</Combobox.Empty>;
  if (answer.meetings.length + answer.records.length === 0) {
    return <Combobox.Empty>Nothing is called “{words}”.</Combobox.Empty>;
  }
  return (
    <>
      {answer.meetings.length > 0 && (
        <Combobox.Group label="Meetings">
          {answer.meetings.map((meeting) => (
            <Combobox.Option key={meeting.externalId} value={`meetings:${meeting.externalId}`}>
              <span className={classes.row}>
                <IconVideo size={15} aria-hidden />
                <Name>{meeting.title}</Name>
                <span className={classes.detail}>{dayText(meeting.startsAt)}</span>
              </span>
            </Combobox.Option>
          ))}
        </Combobox.Group>
      )}
      {modules.map((module) => (
        <FoundRecords key={module} module={module} records={answer.records} />
      ))}
    </>
  );
}

function FoundRecords({ module, records }: { module: CrmModule; records: SearchAnswer['records'] }) {
  const found = records.filter((record) => record.module === module);
  if (found.length === 0) return null;
  return (
    <Combobox.Group label={moduleWords[module].title}>
      {found.map((record) => (
        <Combobox.Option key={record.crmId} value={`${module}:${record.crmId}`}>
          <span className={classes.row}>
            <ModuleIcon module={module} />
            <Name>{record.name}</Name>
            {record.detail && (
              <span className={classes.detail}>
                <Name>{record.detail}</Name>
              </span>
            )}
          </span>
        </Combobox.Option>
      ))}
    </Combobox.Group>
  );
}
