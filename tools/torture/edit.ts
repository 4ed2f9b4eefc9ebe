import type { World } from '../demo/naive/read-world.ts';
import type { Client } from './client.ts';
import type { Random } from './random.ts';
import { bodyOf, type Content, expectationOf, nextContent, type Wanted } from './wanted.ts';

export type EditParts = { client: Client; emails: string[]; world: World };

/** Changes one meeting as recorder or person would, and keeps in `wanted` what the product has confirmed. */
export async function editMeeting(parts: EditParts, wanted: Wanted, random: Random): Promise<void> {
  const draw = random.next();
  if (wanted.content === null || draw < 0.7) return put(parts, wanted, random);
  if (draw < 0.85) return decide(parts, wanted, random);
  if (draw < 0.95) return retract(parts, wanted);
  return publishNow(parts, wanted);
}

const pathOf = ({ externalId }: Wanted) => `/meetings/${externalId}`;

async function put({ client, emails, world }: EditParts, wanted: Wanted, random: Random): Promise<void> {
  const content = nextContent(wanted, emails, random);
  await client.call('PUT', pathOf(wanted), bodyOf(content));
  wanted.content = content;
  wanted.version = content.version;
  noteChosen(wanted, content, world);
  wanted.history.push(`v${content.version} ${content.emails.join(' ')}`);
}

async function retract({ client }: EditParts, wanted: Wanted): Promise<void> {
  await client.call('DELETE', pathOf(wanted));
  wanted.history.push('retracted');
  wanted.content = null;
}

async function publishNow({ client }: EditParts, wanted: Wanted): Promise<void> {
  await client.call('POST', `${pathOf(wanted)}/publish`, {});
  wanted.history.push('published now');
}

/** A no to a record that has a note besides the primary one, or the no taken back. */
async function decide({ client, world }: EditParts, wanted: Wanted, random: Random): Promise<void> {
  if (wanted.content === null) return;
  const { summaryNotes, primary, contactId } = expectationOf(wanted, wanted.content, world);
  const others = [...summaryNotes].filter((record) => record !== primary && record !== contactId);
  if (wanted.excluded === null && others.length === 0) return;
  const [module = '', crmId = ''] = random.pick(others.length > 0 ? others : ['']).split(':');
  const record = wanted.excluded ?? { module, crmId };
  const decision = wanted.excluded === null ? 'excluded' : 'reset';
  // From now on its people stay: who they are decides what there is to say no to.
  wanted.isDecided = true;
  await client.call('POST', `${pathOf(wanted)}/links`, { ...record, decision });
  wanted.history.push(`${decision} ${record.module}:${record.crmId}`);
  wanted.excluded = decision === 'excluded' ? record : null;
  noteChosen(wanted, wanted.content, world);
}

function noteChosen(wanted: Wanted, content: Content, world: World): void {
  for (const record of expectationOf(wanted, content, world).summaryNotes) wanted.onceChosen.add(record);
}
