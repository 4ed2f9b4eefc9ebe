import type { Journey } from '../journey.ts';
import { canaries } from './canaries.ts';
import { connectionLives } from './connection-lives.ts';
import { leaving } from './leaving.ts';
import { oddOrgs } from './odd-orgs.ts';
import { oneEvent } from './one-event.ts';
import { peopleEdit } from './people-edit.ts';
import { recordsChange } from './records-change.ts';
import { visibleInTime } from './visible-in-time.ts';

/** Every journey, in the order in which they are played. */
export const JOURNEYS: readonly Journey[] = [
  ...recordsChange,
  ...peopleEdit,
  ...visibleInTime,
  ...connectionLives,
  ...oneEvent,
  ...oddOrgs,
  ...canaries,
  ...leaving,
];
