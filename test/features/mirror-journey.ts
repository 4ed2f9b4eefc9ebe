import { expect } from 'vitest';
import { pullChanges } from '../../src/features/mirror/pull-changes.ts';
import { pullDeletions } from '../../src/features/mirror/pull-deletions.ts';
import { refreshRoles } from '../../src/features/mirror/refresh-roles.ts';
import { openConnection } from '../../src/features/open-connection.ts';
import type { TestDatabase } from '../harness/database.ts';
import { type ProductOptions, startConnectedProduct, type TestProduct, writesOf } from '../harness/product.ts';

export type Act = { do: string } & Record<string, unknown>;
export type MirrorJourney = Awaited<ReturnType<typeof startMirrorJourney>>;

/** A connected product, people who act in the CRM, and the mirror following them when it is told to. */
export async function startMirrorJourney(database: TestDatabase, options: ProductOptions = {}) {
  const product = await startConnectedProduct(database, options);
  const act = async (...acts: Act[]): Promise<{ id: string | null }[]> => {
    // Zoho tells times to the second: what people do comes after what was read.
    product.advance(10);
    const response = await fetch(`${product.simulator.accounts}/sandbox/acts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ acts }),
    });
    const answer = (await response.json()) as { acts?: { id: string | null }[]; error?: string };
    if (answer.acts === undefined) throw new Error(answer.error ?? `HTTP ${response.status}`);
    product.advance(10);
    return answer.acts;
  };
  /** One poll: changes, deletions, roles of changed deals; nothing of it is published yet. */
  const pull = async (): Promise<{ changed: number; gone: number }> => {
    const open = await openConnection(product.ctx, product.gateway());
    const takeNews = async () => undefined;
    const { changed } = await pullChanges({ ctx: product.ctx, input: { open, takeNews } });
    const { gone } = await pullDeletions({ ctx: product.ctx, input: { open, takeNews } });
    await refreshRoles({ ctx: product.ctx, input: { open, shouldStop: () => false } });
    return { changed, gone };
  };
  return {
    ...product,
    act,
    pull,
    /** A poll, and what follows from it. */
    async follow(): Promise<void> {
      await pull();
      await product.settle();
    },
    owed: () => owedOf(product),
    /** Writes that reach Zoho while the mirror follows. */
    writesWhile: async (work: () => Promise<unknown>) => writesOf(await product.crm.calls(work)),
    linksOf: async (externalId: string) => linksOf(product, externalId),
    /** Both sides say the same: what is believed to be there is there, once, and the meeting says that it is verified. */
    async expectAgreement(externalId: string): Promise<void> {
      const meeting = await product.meeting(externalId);
      expect(meeting.state).toBe('published');
      expect(meeting.inZoho.differences).toEqual([]);
      expect(meeting.inZoho.verifiedAt).not.toBeNull();
      const [{ id } = { id: '' }] = await product.db.query<{ id: string }>(
        'select id from meetings where organization_id = $1 and external_id = $2',
        [product.organizationId, externalId],
      );
      const ours = product.crm.notes().filter((note) => String(note.Note_Content).includes(`salescaling:${id}:`));
      expect(ours.map((note) => note.id).sort()).toEqual(meeting.inZoho.notes.map((note) => note.crmId).sort());
      // One note a record, and no record twice.
      expect(new Set(ours.map((note) => note.Parent_Id)).size).toBe(ours.length);
    },
  };
}

async function owedOf({ db, organizationId }: TestProduct): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    'select external_id as id from meetings where organization_id = $1 and owed_at is not null order by external_id',
    [organizationId],
  );
  return rows.map((row) => row.id);
}

async function linksOf(product: TestProduct, externalId: string): Promise<string[]> {
  const { associations } = await product.meeting(externalId);
  return associations.map(({ module, crmId }) => `${module}/${crmId}`).sort();
}
