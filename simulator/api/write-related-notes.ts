import { invalidData, type Reply } from '../http/failure.ts';
import { type Call, jsonBody, listOf, requireModule } from './call.ts';
import { whyNotWritable } from './check-state.ts';
import { deleteRecord } from './delete-record.ts';
import { visibleRecord } from './visibility.ts';
import {
  creditsOfWrite,
  failed,
  insertOne,
  type Outcome,
  reply,
  splitIds,
  success,
  unknownId,
  updateOne,
} from './write-records.ts';

const mostNotes = 100;

/** `POST /{module}/{id}/Notes`. Source: Zoho CRM API v8, Notes. */
export function insertRelatedNotes(call: Call): Reply {
  const { notes } = parentAndNotes(call, 'CREATE');
  const body = jsonBody(call);
  const inputs = listOf(body, 'data', mostNotes);
  const context = { call, module: notes, externals: { lookups: new Map() }, trigger: body.trigger };
  const outcomes = inputs.map((input, index) => insertOne(context, input, index));
  return reply(outcomes, 201, creditsOfWrite(inputs.length));
}

/** `PUT /{module}/{id}/Notes` and `…/{noteId}`. */
export function updateRelatedNotes(call: Call): Reply {
  const { notes } = parentAndNotes(call, 'UPDATE');
  const body = jsonBody(call);
  const inputs = listOf(body, 'data', mostNotes);
  const context = { call, module: notes, externals: { lookups: new Map() }, trigger: body.trigger };
  return reply(
    inputs.map((input, index) => updateOne(context, input, index, call.parts.id)),
    200,
    creditsOfWrite(inputs.length),
  );
}

/** `DELETE /{module}/{id}/Notes?ids=` and `…/{noteId}`. */
export function deleteRelatedNotes(call: Call): Reply {
  const { notes, parent } = parentAndNotes(call, 'DELETE');
  const ids = call.parts.id === undefined ? splitIds(call) : [call.parts.id];
  const outcomes = ids.map((id): Outcome => {
    const note = notes.records.get(id);
    if (!note || note.Parent_Id !== parent.id) return failed(unknownId(id));
    const refused = whyNotWritable(call, notes, note, 'DELETE');
    if (refused) return failed(refused.problem, refused.status);
    deleteRecord(call, notes, note);
    return { isOk: true, status: 200, body: success({ id }, 'record deleted') };
  });
  return reply(outcomes, 200, 1);
}

function parentAndNotes(call: Call, operation: 'CREATE' | 'UPDATE' | 'DELETE') {
  const parentModule = requireModule(call, call.parts.parentModule ?? '', 'READ');
  const notes = requireModule(call, 'Notes', operation);
  const parent = visibleRecord(call, parentModule, call.parts.parentId ?? '');
  if (!parent) throw invalidData({ resource_path_index: 1 }, 'the related id given seems to be invalid');
  return { notes, parent };
}
