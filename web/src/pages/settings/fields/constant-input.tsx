import { MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ConstantValue, EventField } from '../../../api/types.ts';

type Field = Pick<EventField, 'label' | 'type' | 'maxLength' | 'values'>;

type ConstantInputProps = {
  field: Field;
  label: string;
  description?: ReactNode;
  value: ConstantValue | null;
  onChange: (value: ConstantValue | null) => void;
};

const numbers = ['integer', 'bigint', 'double', 'currency', 'percent'];
const wholes = ['integer', 'bigint'];
const yesNo = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

/** A fixed value of a field of events, entered as its type asks for; null: none. */
export function ConstantInput({ field, label, description, value, onChange }: ConstantInputProps) {
  const common = { label, description };
  const text = typeof value === 'string' ? value : '';
  const giveText = (given: string) => onChange(given.trim() === '' ? null : given);
  if (field.type === 'picklist') {
    return <Select {...common} data={field.values} value={text || null} clearable searchable onChange={onChange} />;
  }
  if (field.type === 'multiselectpicklist') {
    return (
      <MultiSelect
        {...common}
        data={field.values}
        value={Array.isArray(value) ? value : []}
        clearable
        searchable
        onChange={(chosen) => onChange(chosen.length === 0 ? null : chosen)}
      />
    );
  }
  if (field.type === 'boolean') {
    const chosen = typeof value === 'boolean' ? (value ? 'yes' : 'no') : null;
    return (
      <Select
        {...common}
        data={yesNo}
        value={chosen}
        clearable
        onChange={(word) => onChange(word === null ? null : word === 'yes')}
      />
    );
  }
  if (numbers.includes(field.type)) {
    return (
      <NumberInput
        {...common}
        allowDecimal={!wholes.includes(field.type)}
        value={typeof value === 'number' ? value : ''}
        onChange={(given) => onChange(given === '' ? null : Number(given))}
      />
    );
  }
  if (field.type === 'date') {
    return <TextInput {...common} type="date" value={text} onChange={(event) => giveText(event.currentTarget.value)} />;
  }
  if (field.type === 'datetime') {
    return (
      <TextInput
        {...common}
        type="datetime-local"
        value={localText(text)}
        onChange={(event) => onChange(momentOf(event.currentTarget.value))}
      />
    );
  }
  const limits = field.maxLength === null ? {} : { maxLength: field.maxLength };
  const Input = field.type === 'textarea' ? Textarea : TextInput;
  return <Input {...common} {...limits} value={text} onChange={(event) => giveText(event.currentTarget.value)} />;
}

/** A moment as the browser's field wants it, in the person's zone: `2026-11-20T15:00`. */
function localText(iso: string): string {
  const date = new Date(iso);
  if (iso === '' || Number.isNaN(date.getTime())) return '';
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

const momentOf = (local: string) => (local === '' ? null : `${new Date(local).toISOString().slice(0, 19)}Z`);
