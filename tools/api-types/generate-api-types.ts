import openapiTS, { astToString } from 'openapi-typescript';
import pino from 'pino';
import type { CrmGateway } from '../../src/features/crm-gateway.ts';
import { createServer } from '../../src/http/server.ts';

export const TYPES_FILE = new URL('../../web/src/api/generated/schema.d.ts', import.meta.url);

const HEAD = `/**
 * Types of the product's API, generated from its own description by \`npm run api-types\`. Do not edit.
 */

`;

/** The web app's types of the API, from the same schemas that check requests and answers. Nothing is called: routes are only described. */
export async function generateApiTypes(): Promise<string> {
  const nobody = () => {
    throw new Error('This server only describes itself.');
  };
  const server = await createServer({
    gateway: {} as CrmGateway,
    contextOf: nobody,
    contextOfOrganization: nobody,
    identify: nobody,
    redeem: nobody,
    signOut: nobody,
    sandboxUrl: () => null,
    advance: null,
    version: 'generated',
    webDir: '/nowhere',
    logger: pino({ level: 'silent' }),
  });
  const answer = await server.inject({ url: '/api/v1/openapi.json' });
  await server.close();
  return HEAD + astToString(await openapiTS(answer.json()));
}
