import type { writeCanary } from '../../crm/canary-writes.ts';
import { readRefusal } from '../../crm/read-refusal.ts';
import type { CanaryWriteRow } from '../../db/queries/canary.ts';
import { obstacleInWords } from '../../domain/obstacle.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import { labelOfField, readOddOrg } from '../odd-org.ts';

type Outcome = Awaited<ReturnType<typeof writeCanary>>;

const AGAIN = 'Nothing was decided. Start the test again when that is cured.';

/**
 * What Zoho refuses a trial for good, with its cure, in sentences; `write` null: at the cleaning. Throws what passes by itself and what
 * concerns the connection.
 */
export async function tellRefusal({
  ctx,
  outcome,
  write,
}: {
  ctx: FeatureContext;
  outcome: Outcome;
  write: Pick<CanaryWriteRow, 'action'> | null;
}): Promise<string> {
  if (outcome.kind === 'unknown') {
    throw new AppError('crm_unavailable', `What became of a write of the canary is not known yet: ${outcome.why}`);
  }
  if (outcome.kind === 'done') throw new AppError('internal', 'A write of the canary that was done has no id.');
  if (write?.action === 'create_contact') {
    if (outcome.kind === 'duplicate') {
      return 'Zoho refused the test contact as a duplicate: use an address that no contact in Zoho has, and start again.';
    }
    const field = outcome.code === 'MANDATORY_NOT_FOUND' ? outcome.details.api_name : undefined;
    if (typeof field === 'string') {
      return `Zoho demands the field “${labelOfField(null, field)}” for every contact, and the test contact has no value that fits. Make it optional in Zoho’s layout of Contacts while the test runs. ${AGAIN}`;
    }
  }
  const refusal = readRefusal(outcome, { slot: 'event', record: null }, null);
  if (refusal !== null) {
    const { layouts } = await readOddOrg(ctx);
    return `${obstacleInWords(refusal, labelOfField(layouts?.eventFields ?? null, refusal.subject))} ${AGAIN}`;
  }
  if (outcome.kind === 'duplicate') return `Zoho refused a write of the test as a duplicate. ${AGAIN}`;
  const { code, message, class: why, retryAfterMs, throttle } = outcome;
  const detail = {
    code,
    ...(throttle === null ? {} : { throttle }),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  };
  if (why === 'throttle') throw new AppError('crm_throttled', message, { detail });
  if (why === 'transient' || why === 'unknown') throw new AppError('crm_unavailable', message, { detail });
  if (why === 'auth' && code !== 'OAUTH_SCOPE_MISMATCH') throw new AppError('needs_reauth', message, { detail });
  return `Zoho refused a write of the test: ${sentence(message)} ${AGAIN}`;
}

function sentence(text: string): string {
  return /[.!?]$/u.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
