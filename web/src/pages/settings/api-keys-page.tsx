import { ActionIcon, Alert, Button, TextInput } from '@mantine/core';
import { IconKey, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useApiKeys, useCreateApiKey, useDeleteApiKey } from '../../api/organization.ts';
import { useRights } from '../../api/session.ts';
import type { ApiKeyRow } from '../../api/types.ts';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { CopyField } from '../../pieces/copy-field.tsx';
import tables from '../../pieces/data-table.module.css';
import { Ago, Moment } from '../../pieces/moment.tsx';
import { Name } from '../../pieces/name.tsx';
import { EmptyNote, ProblemNote, RowsSkeleton } from '../../pieces/page-states.tsx';
import { Panel } from '../../pieces/panel.tsx';
import classes from './policy.module.css';

/** Keys with which other systems bring meetings in. */
export function ApiKeysPage() {
  const keys = useApiKeys();
  const { canAdminister } = useRights();
  return (
    <div className={classes.form}>
      {canAdminister && <NewKey />}
      <Panel isFlush title="API keys" label="API keys">
        {keys.data === undefined ? (
          keys.isError ? (
            <ProblemNote error={keys.error} onRetry={() => void keys.refetch()} />
          ) : (
            <RowsSkeleton rows={3} />
          )
        ) : keys.data.data.length === 0 ? (
          <EmptyNote icon={<IconKey size={22} aria-hidden />} title="No key yet">
            With a key another system can send meetings: <code>PUT /api/v1/meetings/…</code>
          </EmptyNote>
        ) : (
          <KeyTable keys={keys.data.data} canDelete={canAdminister} />
        )}
      </Panel>
    </div>
  );
}

function NewKey() {
  const [name, setName] = useState('');
  const create = useCreateApiKey();
  return (
    <form
      style={{ marginBottom: 16 }}
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(name.trim(), { onSuccess: () => setName('') });
      }}
    >
      <div className={classes.capped}>
        <TextInput
          label="New key for"
          placeholder="Recorder in Madrid"
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
          Create
        </Button>
      </div>
      {create.data && (
        <Alert
          color="green"
          mt="sm"
          title="Copy the key now. It is not shown again."
          icon={<IconKey size={18} aria-hidden />}
        >
          <CopyField label="API key" value={create.data.key} />
        </Alert>
      )}
    </form>
  );
}

function KeyTable({ keys, canDelete }: { keys: ApiKeyRow[]; canDelete: boolean }) {
  const [doomed, setDoomed] = useState<ApiKeyRow | null>(null);
  const remove = useDeleteApiKey();
  return (
    <>
      <table className={`${tables.table} ${tables.cards}`}>
        <thead>
          <tr>
            <th style={{ width: '34%' }}>Name</th>
            <th>Begins with</th>
            <th>Created</th>
            <th>Last used</th>
            <th style={{ width: 56 }} aria-label="Actions" />
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <td className={tables.strong}>
                <Name>{key.name}</Name>
              </td>
              <td className={tables.soft}>
                <code>{key.prefix}…</code>
              </td>
              <td className={tables.soft} data-label="Created">
                <Moment at={key.createdAt} kind="day" />
              </td>
              <td className={tables.soft} data-label="Used">
                {key.lastUsedAt === null ? 'never' : <Ago at={key.lastUsedAt} />}
              </td>
              <td>
                {canDelete && (
                  <ActionIcon
                    variant="subtle"
                    color="red"
                    aria-label={`Delete ${key.name}`}
                    onClick={() => setDoomed(key)}
                  >
                    <IconTrash size={16} aria-hidden />
                  </ActionIcon>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {doomed && (
        <ConfirmDialog
          title={`Delete the key “${doomed.name}”?`}
          verb="Delete"
          isBusy={remove.isPending}
          onClose={() => setDoomed(null)}
          onConfirm={() => remove.mutate(doomed.id, { onSettled: () => setDoomed(null) })}
        >
          Whatever uses it can send no more meetings from now on. Meetings that it sent stay.
        </ConfirmDialog>
      )}
    </>
  );
}
