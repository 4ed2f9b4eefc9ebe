import type { Association, Evaluation } from './association.ts';
import type { CrmPicture, RecordRef } from './crm-picture.ts';
import { indexPicture, type PictureIndex } from './index-picture.ts';
import type { Meeting } from './meeting.ts';
import { compareIds } from './record-order.ts';

/** The one record and the one contact that an event can show beside its participants. */
export type Primary = {
  record: { module: 'accounts' | 'deals' | 'leads'; id: string; name: string } | null;
  contact: { id: string; name: string } | null;
};

/**
 * The first open deal in which a matched participant has a role, else the account with most matched participants, else,
 * where no contact is linked, the first lead, else none. The contact is a matched one of that record's account, the
 * organizer first, then the smaller id; without a primary record any matched contact. What a person chose in the CRM (`standing`)
 * comes before all of that.
 */
export function choosePrimary(
  meeting: Meeting,
  evaluation: Evaluation,
  picture: CrmPicture,
  standing: Partial<Primary> = {},
): Primary {
  const index = indexPicture(picture);
  // `associate` lists the records of a module in their total order, so the first is the first by that order.
  const links = evaluation.associations;
  const contacts = links.filter((link) => link.module === 'contacts');
  const deal = links.find(
    (link) => link.module === 'deals' && link.matchedCount > 0 && index.deals.get(link.id)?.isOpen === true,
  );
  const account = links.find((link) => link.module === 'accounts');
  const lead = contacts.length === 0 ? links.find((link) => link.module === 'leads') : undefined;
  const chosen = deal ?? account ?? lead;
  const found = chosen === undefined ? null : toRecord(chosen);
  const record = standing.record === undefined ? found : standing.record;
  const contact = standing.contact === undefined ? chooseContact(contacts, record, meeting, index) : standing.contact;
  return { record, contact };
}

function toRecord({ module, id, name }: Association): Primary['record'] {
  return module === 'contacts' ? null : { module, id, name };
}

function chooseContact(
  contacts: Association[],
  record: Primary['record'],
  meeting: Meeting,
  index: PictureIndex,
): Primary['contact'] {
  const organizers = new Set(meeting.participants.filter((one) => one.role === 'organizer').map((one) => one.key));
  const organized = (link: Association) => Number(link.participantKeys.some((key) => organizers.has(key)));
  const matched = contacts.filter((link) => link.participantKeys.length > 0);
  const [first] = (record === null && matched.length === 0 ? contacts : matched)
    .filter((link) => record === null || isOfAccount(link.id, record, index))
    .sort((a, b) => organized(b) - organized(a) || compareIds(a.id, b.id));
  return first === undefined ? null : { id: first.id, name: first.name };
}

/** Zoho may refuse or change a contact that is not of the record's account, so a deal without account has none. */
export function isOfAccount(contactId: string, record: RecordRef, index: PictureIndex): boolean {
  const accountId = record.module === 'deals' ? index.deals.get(record.id)?.accountId : record.id;
  if (record.module === 'leads' || accountId === null || accountId === undefined) return false;
  return index.contacts.get(contactId)?.accountIds.includes(accountId) ?? false;
}
