import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { parseJson, readJsonLines } from './read-lines.ts';

/** What a data folder says about its organization; null: it says nothing, keep what is set. */
export type DataSettings = {
  internalDomains: string[];
  freeMailDomains: string[] | null;
  smartCategoryOrder: string[] | null;
};

const domains = z.array(z.string());
const settingsFile = z.object({
  internalDomains: domains.optional(),
  freeMailDomains: domains.optional(),
  smartCategoryOrder: z.array(z.string()).optional(),
});
const userLine = z.object({ email: z.string().nullish() });

/**
 * Settings of a data folder (or of the `crm` folder in it): from `settings.json`; where that does not name the internal
 * domains, the domains of `users.ndjson`. Throws `invalid_input` naming the file.
 */
export async function readDataSettings(folder: string): Promise<DataSettings> {
  const crm = existsSync(join(folder, 'crm')) ? join(folder, 'crm') : folder;
  const settings = await readSettingsFile(join(crm, 'settings.json'));
  return {
    internalDomains: settings.internalDomains ?? (await domainsOfUsers(join(crm, 'users.ndjson'))),
    freeMailDomains: settings.freeMailDomains ?? null,
    smartCategoryOrder: settings.smartCategoryOrder ?? null,
  };
}

async function readSettingsFile(file: string): Promise<z.output<typeof settingsFile>> {
  if (!existsSync(file)) return {};
  const result = settingsFile.safeParse(parseJson(await readFile(file, 'utf8'), file));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new AppError('invalid_input', `${file}: ${issue?.path.join('.')} ${issue?.message}`);
}

async function domainsOfUsers(file: string): Promise<string[]> {
  if (!existsSync(file)) return [];
  const found = new Set<string>();
  for await (const { value } of readJsonLines(file)) {
    const user = userLine.safeParse(value);
    const domain = user.success ? user.data.email?.split('@')[1]?.trim().toLowerCase() : undefined;
    if (domain) found.add(domain);
  }
  return [...found].sort();
}
