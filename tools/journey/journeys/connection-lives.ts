import { setRole, update } from '../acts.ts';
import { type Actor, USERS } from '../cast.ts';
import { dropChannels, listChannels } from '../channels.ts';
import type { Journey } from '../journey.ts';
import type { Act } from '../sandbox-side.ts';
import { JourneyFailure, type Stage } from '../stage.ts';

/** Access, rights and channels come and go; what is owed waits, and flows out once. */

const HOUR_SECONDS = 3600;
const MEETINGS = 200;
/** So many are out when the access is taken away. */
const OUT_WHEN_REVOKED = 40;
const ALL_OUT_WITHIN_MS = 120_000;

const tokenRevoked: Journey = {
  name: 'token-revoked-reconnected',
  story: 'In the middle of 200 meetings the access is revoked; another user connects again, and all arrive once.',
  async play(stage) {
    const { cast, sandbox, ingest, until, card, connect, settle, product } = stage;
    const before = await product.status();
    const out = async () => {
      const { meetings } = await product.status();
      return meetings.published - before.meetings.published;
    };
    for (let at = 0; at < MEETINGS; at++)
      await ingest(`call-${at}`, [[cast.ana, cast.ben, cast.cleo][at % 3] ?? cast.ana]);
    await until(async () => {
      const done = await out();
      return done >= OUT_WHEN_REVOKED ? [] : [`product: ${done} of ${MEETINGS} meetings are published`];
    }, ALL_OUT_WITHIN_MS);
    await sandbox.control('POST', 'people', { revoke: [USERS.admin.email] });
    await until(async () => {
      const { state } = await card();
      return /reauth|re-auth/i.test(state)
        ? []
        : [`product: the card says “${state}”, should ask for a new authorisation`];
    });
    const done = await out();
    if (done >= MEETINGS)
      throw new JourneyFailure('The access was revoked after everything was out: this proved nothing.');
    await connect(USERS.second);
    await settle();
    await untilAllAreOut(stage);
    // The next journeys find the connection as it was.
    await connect(USERS.admin);
    await settle();
    const { zohoUser } = await card();
    if (!zohoUser?.includes(USERS.admin.email)) throw new JourneyFailure(`product: is connected as ${zohoUser}`);
  },
};

async function untilAllAreOut({ until, sandbox, product, meeting }: Stage): Promise<void> {
  await until(async () => {
    const { owed, verified, meetings } = await product.status();
    return owed === 0 && verified >= meetings.published
      ? []
      : [`product: ${owed} owed, ${verified} of ${meetings.published} verified`];
  }, ALL_OUT_WITHIN_MS);
  const ids = new Set((await sandbox.events()).map(({ meetingId }) => meetingId));
  const missing: string[] = [];
  for (let at = 0; at < MEETINGS; at++) {
    const { id, state, stateReason } = await meeting(`call-${at}`);
    if (state !== 'published') missing.push(`product: call-${at} is ${state} (${stateReason})`);
    if (!ids.has(id)) missing.push(`Zoho: call-${at} has no event`);
  }
  if (missing.length > 0) throw new JourneyFailure(missing.slice(0, 10).join('\n'));
}

const permissionWithdrawn: Journey = {
  name: 'permission-withdrawn-restored',
  story:
    'Writing notes, then meetings, is forbidden and allowed again: what is possible is done, the rest waits and says why.',
  async play({ cast, sandbox, ingest, bring, expect, until, advance, settle, rest, sides, product }) {
    const { ana, renewal, acme } = cast;
    const rights = (change: 'withdraw' | 'give', names: string[]) =>
      sandbox.control('POST', 'people', { profiles: [{ name: 'Administrator', [change]: names }] });
    const notes = ['Crm_Implied_Create_Notes', 'Crm_Implied_Edit_Notes'];
    const events = ['Crm_Implied_Create_Events', 'Crm_Implied_Edit_Events'];
    await bring('before', [ana]);
    await rights('withdraw', notes);
    await ingest('without-notes', [ana]);
    await until(async () => {
      const now = await sides('without-notes');
      const wrong = now.events.length === 1 ? [] : ['Zoho: the event is missing, although only notes are forbidden'];
      const said = [now.meeting.stateReason, ...now.meeting.inZoho.differences].join(' ');
      if (!/note/i.test(said)) wrong.push(`product: says “${said}”, nothing of notes`);
      return wrong;
    });
    await rights('withdraw', events);
    await ingest('without-events', [ana]);
    await until(async () => {
      const { meeting, events: found } = await sides('without-events');
      const wrong = found.length === 0 ? [] : ['Zoho: there is an event although writing meetings is forbidden'];
      if (meeting.state === 'published') wrong.push('product: says that the meeting is published');
      if (meeting.stateReason === '') wrong.push('product: does not say why the meeting waits');
      return wrong;
    });
    await rest();
    await rights('give', [...notes, ...events]);
    // A person looks at the checklist, and the product tests again.
    await product.owner.call('POST', '/integrations/zoho/permissions', {});
    await advance(HOUR_SECONDS);
    await settle();
    for (const key of ['before', 'without-notes', 'without-events']) {
      await expect(key, { state: 'published', what: renewal, who: ana, notesOn: [renewal, acme] });
    }
  },
};

/** More deals than the product asks for their roles before it publishes. */
const MANY_DEALS = 120;

const rolesAfterPublish: Journey = {
  name: 'roles-after-publish',
  story:
    'A company has very many deals, and roles are read after the publish: then the deal with a role is the primary record.',
  beginsUnconnected: true,
  async play({ cast, act, sandbox, connect, ingest, settle, expect, until, card }) {
    const { ana, acme, renewal, upsell, won } = cast;
    const deal = (name: string, closing: string): Act => {
      const fields = { Deal_Name: name, Stage: 'Qualification', Closing_Date: closing, Account_Name: { id: acme.id } };
      return { do: 'create', module: 'Deals', fields };
    };
    const others = Array.from({ length: MANY_DEALS }, (_one, at) => deal(`Branch ${at + 1}`, '2032-06-30'));
    const removal = { do: 'removeRole', deal: renewal.id, contact: ana.id };
    // The one that matters comes last, in whatever order they are read.
    const made = await act(USERS.editor, removal, ...others, deal('With a role', '2031-01-31'));
    const last: Actor = { module: 'deals', id: made.at(-1) ?? '', name: 'With a role', email: '' };
    await act(USERS.editor, setRole(last, ana, 'Decision Maker'));
    await ingest('early', [ana]);
    await connect(USERS.admin);
    await until(async () => ((await card()).state === 'connected' ? [] : ['product: is not connected']));
    await settle();
    await expect('early', {
      ...{ state: 'published', linked: [ana, acme, renewal, upsell, won, last] },
      ...{ what: last, who: ana, because: [[last, /Decision Maker|role/i]] },
    });
    const calls = await sandbox.ledgerSince(0);
    const wrote = calls.some(({ method, path }) => method === 'POST' && path.endsWith('/Events'));
    const changed = calls.some(({ method, path }) => method === 'PUT' && path.includes('/Events'));
    if (!wrote || !changed) {
      throw new JourneyFailure(
        'Zoho: the event was right from its insert on: all roles were there before, and this proved nothing',
      );
    }
  },
};

const DAY_HOURS = 24;

const channelExpires: Journey = {
  name: 'channel-expires-unnoticed',
  story: 'Zoho drops the channel and tells nobody: polls see every change, and within a day there is a channel again.',
  async play(stage) {
    const { cast, act, sandbox, bring, expect, poll, advance, until } = stage;
    const { ben, acme, globex, pilot, renewal, upsell, won } = cast;
    await bring('call', [ben]);
    await until(async () => ((await listChannels(sandbox.address)).length > 0 ? [] : ['Zoho: there is no channel']));
    await dropChannels(sandbox.address);
    await act(USERS.editor, update(ben, { Account_Name: { id: globex.id } }));
    await poll();
    await expect('call', { state: 'published', links: [ben, globex, pilot], what: globex });
    for (let hour = 0; hour < DAY_HOURS; hour++) {
      await advance(HOUR_SECONDS);
      await poll();
    }
    await until(async () =>
      (await listChannels(sandbox.address)).length > 0 ? [] : ['Zoho: a day later there is no channel'],
    );
    await act(USERS.editor, update(ben, { Account_Name: { id: acme.id } }));
    await expect('call', { links: [ben, acme, renewal, upsell, won], what: acme });
  },
};

export const connectionLives: readonly Journey[] = [
  channelExpires,
  tokenRevoked,
  permissionWithdrawn,
  rolesAfterPublish,
];
