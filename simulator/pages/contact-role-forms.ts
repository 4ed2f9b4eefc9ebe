import type { Row } from '../store/table.ts';
import { flag, type Html, html } from './html.ts';
import { recordPath, type Visit } from './visit.ts';

/** The role of a contact in a deal, with a way to take it out. */
export function roleOf(visit: Visit, deal: Row, contact: Row, isReadOnly = false): Html {
  const role = visit.org.dealRoles.get(`${deal.id}:${contact.id}`);
  const name = role && visit.org.roleCatalogue.get(String(role.roleId))?.name;
  const isPrimary = deal.Contact_Name === contact.id;
  const text = html`<span dir="auto">${typeof name === 'string' ? name : role ? 'No role name' : '—'}</span>${isPrimary && html` <span class="chip">primary</span>`}`;
  if (isReadOnly || !role) return text;
  return html`${text} <form class="inline" method="post" action="${recordPath(visit.org, 'Deals', deal.id)}"><input type="hidden" name="do" value="remove-role"><input type="hidden" name="contact" value="${contact.id}"><button class="plain" aria-label="Take ${String(contact.Full_Name ?? 'this contact')} out of the deal">Remove</button></form>`;
}

/** Gives a contact a role in a deal. */
export function roleForm(visit: Visit, deal: Row): Html {
  const roles = [...visit.org.roleCatalogue.rows()].sort((a, b) => Number(a.sequence) - Number(b.sequence));
  return html`<details class="more"><summary>Add a contact role</summary><form class="row" method="post" action="${recordPath(visit.org, 'Deals', deal.id)}"><input type="hidden" name="do" value="add-role">
<label>Contact <input name="contact" required placeholder="Name or id" dir="auto"></label><label>Role <select name="role">${roles.map((role, index) => html`<option value="${role.id}"${flag('selected', index === 0)}>${String(role.name)}</option>`)}</select></label><button class="main">Add</button></form></details>`;
}
