import type { DriftChoice, DriftKind } from '../../../api/types.ts';
import type { Tone } from '../../../pieces/chip.tsx';

/** What a comparison finds, in words. */
export const driftWords: Record<DriftKind, { word: string; tone: Tone; explanation: string }> = {
  edited: { word: 'Edited', tone: 'amber', explanation: 'Somebody changed it in Zoho.' },
  missing: { word: 'Missing', tone: 'red', explanation: 'It was written and is not in Zoho any more.' },
  extra: { word: 'Extra', tone: 'amber', explanation: 'It carries our mark in Zoho, and nothing here knows it.' },
};

/** What a person can do about a finding; `all` names the button that does it to every one of its kind. */
export const choiceWords: Record<DriftChoice, { one: string; all: string; effect: string; isHard: boolean }> = {
  write_again: {
    one: 'Write again',
    all: 'Write all again',
    effect: 'Everything that is missing is written to Zoho again.',
    isHard: false,
  },
  take_theirs: {
    one: 'Keep theirs',
    all: 'Keep all of theirs',
    effect: 'What people changed in Zoho stands, and is not asked about again.',
    isHard: false,
  },
  write_ours: {
    one: 'Write ours',
    all: 'Write all of ours',
    effect: 'What people changed in these events and notes is overwritten in Zoho.',
    isHard: true,
  },
  remove_extra: {
    one: 'Remove',
    all: 'Remove all',
    effect: 'The extra events and notes go to Zoho’s recycle bin.',
    isHard: true,
  },
};

export const choicesOf: Record<DriftKind, DriftChoice[]> = {
  missing: ['write_again'],
  edited: ['take_theirs', 'write_ours'],
  extra: ['remove_extra'],
};
