import type { Reply } from '../http/failure.ts';
import { isList, isObject, type JsonObject } from '../json.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import { goTo } from './frame.ts';
import { type Html, html } from './html.ts';
import { control } from './tool-pages.ts';
import { recordPath, type Visit } from './visit.ts';
import { findByText } from './write-record.ts';

const mergeable = ['Leads', 'Contacts', 'Accounts', 'Deals'];

/** Ways in which a record ends in another: merged into one of its kind, or (a lead) converted. */
export function endForms(visit: Visit, module: Module, row: Row): Html {
  if (!mergeable.includes(module.apiName)) return html``;
  const path = recordPath(visit.org, module.apiName, row.id);
  const kind = module.singular.toLowerCase();
  const merge = html`<form class="row" method="post" action="${path}"><input type="hidden" name="do" value="merge"><label>Merge into <input name="into" required placeholder="Name or id of the ${kind} that stays" dir="auto"></label><button>Merge</button></form>`;
  const convert = html`<form class="row" method="post" action="${path}"><input type="hidden" name="do" value="convert"><label>Convert, with a deal called <input name="deal" placeholder="no deal" dir="auto"></label><button>Convert</button></form>`;
  return html`<details class="more"><summary>${module.apiName === 'Leads' ? 'Merge or convert' : 'Merge'}</summary>${merge}${module.apiName === 'Leads' && convert}</details>`;
}

/** Merges or converts as the form says, and goes to the record that stays; or says why not. */
export function endFromPage(visit: Visit, module: Module, row: Row): Reply | { reason: string } {
  const act = visit.form.get('do') === 'merge' ? mergeAct(visit, module, row) : convertAct(visit, row);
  if ('reason' in act) return { reason: `Nothing was merged: ${act.reason}` };
  const acts = [{ ...act, as: visit.viewer.email }];
  const reply = control(visit, 'POST', 'acts', { acts, environment: visit.org.environment });
  const [done] = isObject(reply.body) && isList(reply.body.acts) ? reply.body.acts.filter(isObject) : [];
  if (reply.status !== 200 || !done) {
    return { reason: isObject(reply.body) ? String(reply.body.error) : 'Nothing was changed.' };
  }
  if ('into' in act) return goTo(`${recordPath(visit.org, module.apiName, String(act.into))}?done=saved`);
  const contact = visit.org.deleted.get(row.id)?.convertedTo;
  return goTo(`${recordPath(visit.org, 'Contacts', String(contact))}?done=made`);
}

type Act = JsonObject | { reason: string };

function mergeAct(visit: Visit, module: Module, row: Row): Act {
  const found = findByText(module, visit.form.get('into') ?? '');
  if ('reason' in found) return found;
  return { do: 'merge', module: module.apiName, id: row.id, into: found.row.id };
}

function convertAct(visit: Visit, row: Row): Act {
  const name = (visit.form.get('deal') ?? '').trim();
  const [stage] = visit.org.stages.rows();
  const Deals = { Deal_Name: name, Stage: stage?.name ?? 'Qualification' };
  return { do: 'convert', id: row.id, fields: name === '' ? {} : { Deals } };
}
