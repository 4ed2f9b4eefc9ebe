import { createHmac } from 'node:crypto';
import type { Secret } from '../../crm/sealer.ts';

/** Name of the header that proves who sent a webhook and when. */
export const SIGNATURE_HEADER = 'x-salescaling-signature';

/**
 * The signature of a webhook: `t=<seconds since 1970>,v1=<hex>`, where v1 is the HMAC-SHA256 of `<t>.<body>` with the
 * organization's signing secret. A receiver works it out again, compares in constant time and refuses an old `t`.
 */
export function signWebhook(secret: Secret, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  const digest = createHmac('sha256', secret.reveal()).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${digest}`;
}
