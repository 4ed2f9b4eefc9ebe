import { aim, removeEvent, updateEvent, updateNote } from '../acts.ts';
import { USERS } from '../cast.ts';
import type { Journey } from '../journey.ts';

/** People edit in Zoho what the product wrote, and edit here what it is about. */

const titleEditedThere: Journey = {
  name: 'title-edited-there-note-edited-here',
  story: 'A title is edited there, then a note here: the new note arrives, the title stays as the person set it.',
  async play({ cast, act, ingest, bring, expect, poll, settle, event, sides, until }) {
    await bring('call', [cast.ana]);
    const { id } = await event('call');
    await act(USERS.editor, updateEvent(id, { Event_Title: 'What Eva calls it' }));
    await poll();
    await expect('call', { state: 'published', title: 'What Eva calls it' });
    await ingest('call', [cast.ana], {
      notes: [{ id: 'n1', smartCategory: 'Objections', text: 'Not that expensive' }],
    });
    await settle();
    await expect('call', { state: 'published', title: 'What Eva calls it' });
    await until(async () => {
      const { notes } = await sides('call');
      const words = notes.find(({ slot }) => slot === 'consolidated')?.content ?? '';
      return words.includes('Not that expensive') ? [] : ['Zoho: the note on the event does not say the new text'];
    });
    // A person's note is the person's: ours never goes over it.
    const { notes } = await sides('call');
    const summary = notes.find(({ slot }) => slot?.startsWith('summary:'));
    const content = `Eva was here.\n${summary?.content ?? ''}`;
    await act(USERS.editor, updateNote(summary?.id ?? '', { Note_Content: content }));
    await poll();
    await ingest('call', [cast.ana], { summary: { text: 'They compare four offers.', topics: [], nextSteps: [] } });
    await settle();
    await until(async () => {
      const now = (await sides('call')).notes.find((note) => note.id === summary?.id);
      return now?.content === content ? [] : [`Zoho: the note that Eva edited says “${now?.content ?? 'nothing'}”`];
    });
  },
};

const eventDeletedThere: Journey = {
  name: 'event-deleted-there',
  story: 'An event is deleted there: it does not come back by itself, and comes back once when somebody asks.',
  async play({ cast, product, act, ingest, bring, expect, poll, settle, event, externalId }) {
    await bring('call', [cast.ana]);
    const { id } = await event('call');
    await act(USERS.editor, removeEvent(id));
    await poll();
    await expect('call', { state: 'notPublished', reason: /deleted/i, isGone: true });
    await ingest('call', [cast.ana], { title: 'Told again' });
    await settle();
    await expect('call', { state: 'notPublished', isGone: true });
    await product.owner.call('POST', `/meetings/${externalId('call')}/publish`, { anyway: false });
    await settle();
    await expect('call', {
      ...{ state: 'published', title: 'Told again', what: cast.renewal, who: cast.ana },
      ...{ notesOn: [cast.renewal, cast.acme] },
    });
  },
};

const linkMovedThere: Journey = {
  name: 'link-moved-there',
  story:
    'A person moves the event to another deal: that deal is pinned “decided in Zoho by …”, and the old one is excluded.',
  async play({ cast, act, ingest, bring, expect, poll, settle, event }) {
    const { ana, acme, renewal, pilot } = cast;
    await bring('call', [ana]);
    const { id } = await event('call');
    await act(USERS.editor, aim(id, pilot));
    await poll();
    const moved = { state: 'published', linked: [ana, acme, pilot], notLinked: [renewal], what: pilot };
    await expect('call', { ...moved, because: [[pilot, /Zoho.*Eva Editor/i]] });
    // What a person decided there survives every evaluation here.
    await ingest('call', [ana, cast.ben], { title: 'With Ben' });
    await settle();
    await expect('call', { ...moved, title: 'With Ben' });
  },
};

export const peopleEdit: readonly Journey[] = [titleEditedThere, eventDeletedThere, linkMovedThere];
