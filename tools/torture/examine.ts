import type { MeetingAnswer } from '../demo/read-answers.ts';
import { readSandbox } from '../demo/read-sandbox.ts';
import { compare, type Findings } from './compare.ts';
import type { Stage } from './run.ts';

/** Reads both sides and compares them. */
export async function examine(stage: Stage): Promise<{ findings: Findings; mails: number }> {
  const { client, sandbox, meetings, world } = stage;
  const answered = [];
  for (const wanted of meetings) {
    const isKnown = wanted.version > 0;
    const answer = isKnown ? await client.call<MeetingAnswer>('GET', `/meetings/${wanted.externalId}`) : null;
    answered.push({ wanted, answer });
  }
  const { externalField } = await client.call<{ externalField: { apiName: string } | null }>(
    'GET',
    '/integrations/zoho',
  );
  const content = await readSandbox(sandbox.address, externalField?.apiName ?? '', () => undefined);
  return { findings: compare(answered, content, world), mails: content.mails };
}
