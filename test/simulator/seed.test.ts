import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/start-simulator.ts';
import { type Client, connect, frozenAt } from './sandbox-client.ts';

const sample = path.resolve('../shared/data');
const hasSample = fs.existsSync(path.join(sample, 'crm', 'contacts.ndjson'));

let simulator: Simulator | undefined;
let folder: string | undefined;
afterEach(async () => {
  await simulator?.stop();
  if (folder) fs.rmSync(folder, { recursive: true, force: true });
  simulator = undefined;
});

async function seeded(seed: string): Promise<Client> {
  simulator = await startSimulator({ frozenAt, seed });
  return connect(simulator);
}

/** Writes NDJSON files into a new folder. */
function write(files: Record<string, unknown[]>): string {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'simulator-seed-'));
  for (const [name, rows] of Object.entries(files)) {
    fs.writeFileSync(path.join(folder, name), rows.map((row) => JSON.stringify(row)).join('\n'));
  }
  return folder;
}

describe('seed', () => {
  test('records keep their ids, people their addresses, deals their dates', async () => {
    const client = await seeded(
      write({
        'users.ndjson': [
          {
            id: 'u1',
            crmId: '6000000000000000001',
            name: 'Old Boss',
            email: 'old@us.example',
            role: 'manager',
            active: false,
          },
          {
            id: 'u2',
            crmId: '6000000000000000002',
            name: 'New Boss',
            email: 'new@us.example',
            role: 'manager',
            active: true,
          },
        ],
        'accounts.ndjson': [
          {
            id: 'a2',
            crmId: '6000000000000000012',
            name: 'Child',
            domains: ['child.example'],
            parentId: 'a1',
            ownerId: 'u2',
          },
          { id: 'a1', crmId: '6000000000000000011', name: 'Parent', domains: [], parentId: null, ownerId: 'u2' },
        ],
        'contacts.ndjson': [
          {
            id: 'c1',
            crmId: '6000000000000000021',
            accountId: 'a2',
            firstName: 'Ana',
            lastName: 'Pérez',
            fullName: 'Ana Pérez',
            email: 'Ana@Child.example',
            secondaryEmail: 'ana@home.example',
            ownerId: 'u1',
          },
        ],
        'leads.ndjson': [
          {
            id: 'l1',
            crmId: '6000000000000000031',
            firstName: 'Leo',
            lastName: 'Lead',
            fullName: 'Leo Lead',
            company: 'Co',
            email: 'leo@co.example',
            ownerId: 'u2',
          },
        ],
        'deals.ndjson': [
          {
            id: 'd1',
            crmId: '6000000000000000041',
            name: 'D',
            accountId: 'a2',
            stage: 'Own Stage',
            amount: 100,
            engageDate: '2024-10-17',
            closeDate: '2025-02-26',
            ownerId: 'u2',
          },
        ],
        'contact-roles.ndjson': [{ dealId: 'd1', contactId: 'c1', role: 'Own Role', isPrimary: true }],
        'settings.json': [{ stages: { open: ['Own Stage'], won: [], lost: [] } }],
      }),
    );
    expect((await client.get('/users?type=CurrentUser')).body.users[0]).toMatchObject({
      id: '6000000000000000002',
      email: 'new@us.example',
      profile: { name: 'Administrator' },
    });
    expect((await client.get('/users/6000000000000000001')).body.users[0].status).toBe('inactive');
    expect((await client.get('/Accounts/6000000000000000012')).body.data[0]).toMatchObject({
      Website: 'https://www.child.example',
      Parent_Account: { id: '6000000000000000011' },
    });
    const contact = (await client.get('/Contacts/6000000000000000021')).body.data[0];
    expect(contact).toMatchObject({
      Email: 'Ana@Child.example',
      Secondary_Email: 'ana@home.example',
      Full_Name: 'Ana Pérez',
      Owner: { id: '6000000000000000001' },
    });
    expect(Date.parse(contact.Created_Time)).toBe(Date.UTC(2022, 0, 1));
    expect(Date.parse(contact.Modified_Time)).toBe(Date.UTC(2022, 0, 1));
    const deal = (await client.get('/Deals/6000000000000000041')).body.data[0];
    expect(Date.parse(deal.Created_Time)).toBe(Date.UTC(2024, 9, 17));
    expect(deal).toMatchObject({
      Stage: 'Own Stage',
      Contact_Name: { id: '6000000000000000021' },
      Closing_Date: '2025-02-26',
    });
    const roles = await client.get('/Deals/6000000000000000041/Contact_Roles?fields=Last_Name');
    expect(roles.body.data).toMatchObject([{ id: '6000000000000000021', Contact_Role: { name: 'Own Role' } }]);
    expect((await client.get('/Leads/6000000000000000031')).body.data[0]).toMatchObject({
      Company: 'Co',
      Email: 'leo@co.example',
    });
  });

  test('a folder without a CRM, and a broken line, are told with their place', async () => {
    await expect(startSimulator({ seed: write({ 'other.ndjson': [] }) })).rejects.toThrow(/holds no CRM/);
    if (folder) fs.rmSync(folder, { recursive: true, force: true });
    const broken = write({ 'users.ndjson': [{ id: 'u', crmId: '1', name: 'N', email: 'n@x.example' }] });
    fs.writeFileSync(path.join(broken, 'accounts.ndjson'), '{"id":"a1","crmId":"6","name":"A"}\n{"id":');
    await expect(startSimulator({ seed: broken })).rejects.toThrow(/accounts\.ndjson:2/);
  });

  test('the sample CRM loads whole', async (context) => {
    if (!hasSample) return context.skip(`${sample} is not there`);
    const client = await seeded(sample);
    const counts = await Promise.all(
      ['Accounts', 'Contacts', 'Deals'].map((module) => client.get(`/${module}/actions/count`)),
    );
    expect(counts.map((one) => one.body.count)).toEqual([315, 2189, 9000]);
    expect((await client.get('/users?type=ActiveConfirmedUsers&per_page=100')).body.users.length).toBeGreaterThan(30);
    expect(simulator?.world.dcs[0]?.orgs.get('production')?.dealRoles.size).toBe(13169);
  });
});
