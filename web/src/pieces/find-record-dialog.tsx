import { Loader, Modal, ScrollArea, SegmentedControl, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useRecords } from '../api/records.ts';
import type { CrmModule, RecordRow } from '../api/types.ts';
import { moduleWords } from '../format/words.ts';
import classes from './find-record-dialog.module.css';
import { Name } from './name.tsx';
import { ModuleIcon } from './record-link.tsx';

/** Finds one record of the given modules by name or address and gives it to `onChoose`. */
export function FindRecordDialog({ title, modules, startWith = '', onChoose, onClose }: FindRecordDialogProps) {
  const [module, setModule] = useState<CrmModule>(modules[0] ?? 'contacts');
  const [text, setText] = useState(startWith);
  const [words] = useDebouncedValue(text.trim(), 200);
  const records = useRecords(module, words === '' ? {} : { q: words }, undefined);
  return (
    <Modal opened onClose={onClose} title={title} size="md" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="sm">
        {modules.length > 1 && (
          <SegmentedControl
            aria-label="Kind of record"
            value={module}
            onChange={(value) => setModule(modules.find((name) => name === value) ?? module)}
            data={modules.map((name) => ({ value: name, label: moduleWords[name].title }))}
          />
        )}
        <TextInput
          data-autofocus
          aria-label={`Search ${moduleWords[module].many}`}
          placeholder={module === 'accounts' || module === 'deals' ? 'Name' : 'Name or e-mail'}
          leftSection={<IconSearch size={15} aria-hidden />}
          rightSection={records.isFetching ? <Loader size={14} /> : null}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <ScrollArea.Autosize mah={360} mih={220}>
          <Found records={records.data?.data} error={records.error} words={words} onChoose={onChoose} />
        </ScrollArea.Autosize>
      </Stack>
    </Modal>
  );
}

type FindRecordDialogProps = {
  title: string;
  modules: CrmModule[];
  startWith?: string;
  onChoose: (record: RecordRow) => void;
  onClose: () => void;
};

function Found({ records, error, words, onChoose }: FoundProps) {
  if (error !== null) return <Text c="var(--state-red)">{error.message}</Text>;
  if (records === undefined) return null;
  if (records.length === 0) {
    return (
      <Text c="var(--ink-soft)" size="sm" p="sm">
        {words === '' ? 'There are none in Zoho yet.' : `Nothing in Zoho is called “${words}”.`}
      </Text>
    );
  }
  return (
    <div>
      {records.map((record) => (
        <UnstyledButton key={record.crmId} className={classes.row} onClick={() => onChoose(record)}>
          <ModuleIcon module={record.module} />
          <span className={classes.words}>
            <Name>{record.name}</Name>
            <span className={classes.detail}>
              <Name>{[record.detail, record.email, record.stage].filter(Boolean).join(' · ')}</Name>
            </span>
          </span>
        </UnstyledButton>
      ))}
    </div>
  );
}

type FoundProps = {
  records: RecordRow[] | undefined;
  error: Error | null;
  words: string;
  onChoose: (record: RecordRow) => void;
};
