export const WHOLE_TYPES: readonly string[] = ['integer', 'bigint'];
export const NUMBER_TYPES: readonly string[] = [...WHOLE_TYPES, 'double', 'currency', 'percent'];

/** Zoho's types of fields that a fixed value can fill: others point to records, or are worked out by Zoho. */
export const CONSTANT_TYPES: readonly string[] = [
  'text',
  'textarea',
  'email',
  'phone',
  'website',
  ...NUMBER_TYPES,
  'picklist',
  'multiselectpicklist',
  'boolean',
  'date',
  'datetime',
];
