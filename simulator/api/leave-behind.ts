import { isList, isObject } from '../json.ts';
import type { Row } from '../store/table.ts';
import type { Call } from './call.ts';
import { deleteRecord } from './delete-record.ts';

/** A record that a merge or a conversion ends takes its notes with it; activities lose their link to it. */
export function leaveActivitiesBehind(call: Call, gone: Row): void {
  const notes = call.org.module('Notes');
  if (notes) for (const note of notes.records.find('Parent_Id', gone.id)) deleteRecord(call, notes, note, gone.id);
  for (const name of ['Events', 'Tasks', 'Calls']) {
    const records = call.org.module(name)?.records;
    for (const row of records?.find('What_Id', gone.id) ?? [])
      records?.put({ ...row, What_Id: null, $se_module: null });
    for (const row of records?.find('Who_Id', gone.id) ?? []) records?.put({ ...row, Who_Id: null });
  }
  const events = call.org.module('Events')?.records;
  for (const event of events?.find('participant', gone.id) ?? []) {
    const people = (isList(event.Participants) ? event.Participants : []).filter(isObject);
    events?.put({ ...event, Participants: people.filter((one) => one.participant !== gone.id) });
  }
}
