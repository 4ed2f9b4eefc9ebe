import { invalidData, type Problem, type Reply } from '../http/failure.ts';
import { isList, isObject } from '../json.ts';
import { type Call, jsonBody, listOf, requireModule } from './call.ts';
import { participantOf } from './render-record.ts';
import { failed, reply, success } from './write-records.ts';

/** `POST /Events/{id}/actions/cancel`. Only before the end, and only with invited participants. Source: Zoho CRM API v8, Cancel Meetings. */
export function cancelEvent(call: Call): Reply {
  const events = requireModule(call, 'Events', 'UPDATE');
  const event = events.records.get(call.parts.id ?? '');
  if (!event) throw invalidData({ resource_path_index: 1 }, 'the id given seems to be invalid');
  const [input] = listOf(jsonBody(call), 'data', 1);
  if (!isObject(input) || typeof input.send_cancelling_mail !== 'boolean') {
    return reply([failed(mandatory('send_cancelling_mail'))], 200, 1);
  }
  const invited = (isList(event.Participants) ? event.Participants : [])
    .filter(isObject)
    .filter((one) => one.invited === true);
  if (event.$event_cancelled === true) return reply([failed(notAllowed('already_cancelled'))], 200, 1);
  if (Number(event.End_DateTime) < call.now) return reply([failed(notAllowed('completed_meeting'))], 200, 1);
  if (invited.length === 0) return reply([failed(notAllowed('no_participants_invited'))], 200, 1);
  events.records.put({ ...event, $event_cancelled: true, Modified_Time: call.now, Modified_By: call.user.id });
  if (input.send_cancelling_mail || input.cancelled_by !== undefined) {
    for (const one of invited) {
      const person = participantOf(call.org, String(one.type), String(one.participant));
      const to = person?.email ?? String(one.Email ?? one.participant);
      call.world.mails.add({ at: call.now, to, cause: 'invited to an event that was cancelled', recordId: event.id });
    }
  }
  return reply(
    [{ isOk: true, status: 200, body: success({ id: event.id }, 'The event is successfully cancelled') }],
    200,
    1,
  );
}

function notAllowed(reason: string): Problem {
  return { code: 'NOT_ALLOWED', message: 'the event cannot be cancelled', details: { reason } };
}

function mandatory(apiName: string): Problem {
  return {
    code: 'MANDATORY_NOT_FOUND',
    message: 'required field not found',
    details: { api_name: apiName, json_path: `$.data[0].${apiName}` },
  };
}
