import { z } from 'zod';
import { listRecordMeetings } from '../../features/analytics/list-record-meetings.ts';
import { listRecords } from '../../features/analytics/list-records.ts';
import { readRecord } from '../../features/analytics/read-record.ts';
import type { RouteDeps, Server } from '../route-deps.ts';
import { listOf } from '../schemas/meeting-answers.ts';
import { cursor, limit, recordAddress, searchText } from '../schemas/read-queries.ts';
import { historyEntry, recordDetail, recordRow } from '../schemas/workspace-answers.ts';

const NEED = { scope: 'meetings:read', role: 'read_only' } as const;

/** Contacts, leads, accounts and deals of the mirror, and the conversations that concern them. */
export function addRecordsRoutes(server: Server, deps: RouteDeps): void {
  server.get(
    '/records/:module',
    {
      schema: {
        tags: ['Records'],
        summary: 'Records of a module: people and accounts by name, open deals first',
        params: recordAddress.pick({ module: true }),
        querystring: z.strictObject({
          q: searchText.optional(),
          open: z.enum(['true', 'false']).optional().meta({ description: 'Deals only: open or closed ones' }),
          cursor,
          limit,
        }),
        response: { 200: listOf(recordRow) },
      },
    },
    async (request) => {
      const caller = await deps.requireAny(request, NEED);
      const { q, open, ...page } = request.query;
      const input = {
        module: request.params.module,
        ...page,
        ...(q === undefined || q === '' ? {} : { q }),
        ...(open === undefined ? {} : { isOpen: open === 'true' }),
      };
      return listRecords({ ctx: deps.contextOf(caller), input });
    },
  );
  server.get(
    '/records/:module/:crmId',
    {
      schema: {
        tags: ['Records'],
        summary: 'A record with its facts and the records around it',
        params: recordAddress,
        response: { 200: recordDetail },
      },
    },
    async (request) => {
      const caller = await deps.requireAny(request, NEED);
      return readRecord({ ctx: deps.contextOf(caller), gateway: deps.gateway, input: request.params });
    },
  );
  server.get(
    '/records/:module/:crmId/meetings',
    {
      schema: {
        tags: ['Records'],
        summary: 'The conversations that concern a record, newest first',
        params: recordAddress,
        querystring: z.strictObject({ cursor, limit }),
        response: { 200: listOf(historyEntry) },
      },
    },
    async (request) => {
      const caller = await deps.requireAny(request, NEED);
      return listRecordMeetings({ ctx: deps.contextOf(caller), input: { ...request.params, ...request.query } });
    },
  );
}
