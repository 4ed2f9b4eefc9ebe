import type { Field } from '../metadata/field.ts';
import type { Module } from '../world/org.ts';

const fixedTypes = ['participants', 'tags', 'multireminder', 'RRULE', 'profileimage', 'multiselectpicklist'];

/** What a person may write on these pages. */
export function isWritable(field: Field): boolean {
  return !field.isReadOnly && !fixedTypes.includes(field.type);
}

/** What a person may change of a record that exists: parent and owner of a note are fixed when it is made. */
export function isEditable(module: Module, field: Field): boolean {
  return isWritable(field) && !(module.apiName === 'Notes' && !field.apiName.startsWith('Note_'));
}
