/** Data types as `settings/fields` names them. Source: Zoho CRM API v8, Fields Metadata. */
export type DataType =
  | 'text'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'website'
  | 'picklist'
  | 'multiselectpicklist'
  | 'boolean'
  | 'integer'
  | 'bigint'
  | 'currency'
  | 'double'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'lookup'
  | 'ownerlookup'
  | 'multi_module_lookup'
  | 'multireminder'
  | 'RRULE'
  | 'participants'
  | 'multiselectlookup'
  | 'profileimage'
  | 'tags';

/** One field of a module, stock or made by a customer. */
export type Field = {
  id: string;
  apiName: string;
  label: string;
  type: DataType;
  /** Longest value in characters; metadata has one for every type, and clients take 0 for an absent field. */
  length: number;
  isMandatory: boolean;
  /** Zoho sets it; what a client sends for it is ignored. */
  isReadOnly: boolean;
  isCustom: boolean;
  /** Module that a lookup points to. */
  lookup?: string;
  pickList?: readonly string[];
  /** What people read who point at the field. */
  tooltip?: { name: string; value: string };
  /** Text with markup: lists give its beginning only. */
  isRichText?: boolean;
  unique?: { isCaseSensitive: boolean };
  external?: 'org' | 'user';
  /** The module of links behind a multi-select lookup, and its two lookups: to this module and to the other. */
  linking?: { module: string; own: string; other: string; connected: string };
};

/** A field before it has an id. */
export type FieldShape = Omit<Field, 'id'>;

/** Lengths of types for which nothing else is said. */
export const lengths: Record<DataType, number> = {
  text: 255,
  textarea: 32000,
  email: 100,
  phone: 30,
  website: 450,
  picklist: 120,
  multiselectpicklist: 100,
  integer: 9,
  bigint: 18,
  currency: 16,
  double: 16,
  percent: 5,
  boolean: 5,
  date: 20,
  datetime: 20,
  lookup: 120,
  ownerlookup: 120,
  multi_module_lookup: 120,
  multiselectlookup: 120,
  multireminder: 5000,
  RRULE: 5000,
  participants: 5000,
  profileimage: 255,
  tags: 2000,
};

/** Makes a stock field; `label` is the API name with blanks unless it is given. */
export function stockField(apiName: string, type: DataType, more: Partial<FieldShape> = {}): FieldShape {
  return {
    apiName,
    label: more.label ?? apiName.replace(/__s$/, '').replaceAll('_', ' '),
    type,
    length: more.length ?? lengths[type],
    isMandatory: false,
    isReadOnly: false,
    isCustom: false,
    ...more,
  };
}

/** The `json_type` that goes with a data type. */
export function jsonType(type: DataType): string {
  if (type === 'boolean' || type === 'integer') return type;
  if (type === 'currency' || type === 'double' || type === 'percent') return 'double';
  if (type === 'lookup' || type === 'ownerlookup' || type === 'multi_module_lookup' || type === 'RRULE') {
    return 'jsonobject';
  }
  if (
    type === 'multiselectpicklist' ||
    type === 'multireminder' ||
    type === 'multiselectlookup' ||
    type === 'participants' ||
    type === 'tags'
  ) {
    return 'jsonarray';
  }
  return 'string';
}
