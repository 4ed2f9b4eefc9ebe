import { createCipheriv, createDecipheriv } from 'node:crypto';
import { AppError } from '../errors.ts';
import { type Secret, toSecret } from '../zoho/secret.ts';

export { type Secret, toSecret };

/** Keys by id, newest first: the first seals, all of them open. Each key is 32 bytes. */
export type KeyRing = { id: string; key: Buffer }[];

export type Sealer = { seal(secret: Secret): Buffer; open(sealed: Buffer): Secret };

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals secrets with AES-256-GCM. Layout: one byte with the length of the key id, the key id, 12 bytes of nonce, 16 bytes of
 * tag, the text. The key id is authenticated as well. Opening with a key that is gone throws `needs_reauth`.
 */
export function createSealer(ring: KeyRing, randomBytes: (size: number) => Buffer): Sealer {
  const [current] = ring;
  if (current === undefined) throw new AppError('internal', 'There is no key to seal secrets with.');
  return {
    seal(secret) {
      const keyId = Buffer.from(current.id, 'utf8');
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', current.key, iv).setAAD(keyId);
      const text = Buffer.concat([cipher.update(secret.reveal(), 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.from([keyId.length]), keyId, iv, cipher.getAuthTag(), text]);
    },
    open(sealed) {
      const idEnd = 1 + (sealed[0] ?? 0);
      const keyId = sealed.subarray(1, idEnd);
      const entry = ring.find((candidate) => candidate.id === keyId.toString('utf8'));
      if (entry === undefined) throw unreadable();
      const iv = sealed.subarray(idEnd, idEnd + IV_BYTES);
      const tag = sealed.subarray(idEnd + IV_BYTES, idEnd + IV_BYTES + TAG_BYTES);
      try {
        const decipher = createDecipheriv('aes-256-gcm', entry.key, iv).setAAD(keyId).setAuthTag(tag);
        const text = Buffer.concat([decipher.update(sealed.subarray(idEnd + IV_BYTES + TAG_BYTES)), decipher.final()]);
        return toSecret(text.toString('utf8'));
      } catch (cause) {
        throw unreadable(cause);
      }
    },
  };
}

function unreadable(cause?: unknown): AppError {
  return new AppError(
    'needs_reauth',
    'The stored access to Zoho cannot be opened with the key of this installation. Connect Zoho CRM again; nothing that waits is lost.',
    { cause },
  );
}
