import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../errors.ts';

const KEY_BYTES = 32;

/**
 * The key that seals tokens and signs states of this installation: 32 random bytes in `<dataDir>/secret.key`, readable by its
 * owner alone, made at the first start.
 */
export async function readInstallationKey(dataDir: string): Promise<Buffer> {
  const file = join(dataDir, 'secret.key');
  await mkdir(dataDir, { recursive: true });
  try {
    // Exclusive: of two first starts, one writes and both read.
    await writeFile(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const key = Buffer.from((await readFile(file, 'utf8')).trim(), 'base64');
  if (key.length === KEY_BYTES) return key;
  throw new AppError(
    'internal',
    `${file} does not hold a key of ${KEY_BYTES} bytes. Restore it from a backup; without it the stored access to Zoho cannot be opened and Zoho has to be connected again.`,
  );
}
