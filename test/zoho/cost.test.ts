import { describe, expect, it } from 'vitest';
import { costOf, type PricedCall } from '../../src/zoho/cost.ts';

const data = (count: number) => ({ data: Array.from({ length: count }, () => ({})) });
const coql = (tail: string): PricedCall => ({
  method: 'POST',
  path: '/coql',
  body: { select_query: `select id from Deals where Deal_Name = ' limit 2000' ${tail}`.trim() },
});
const composite = (method: string, uri?: string, isRollback = false): PricedCall => ({
  method: 'POST',
  path: '/__composite_requests',
  body: { rollback_on_fail: isRollback, __composite_requests: [{ method: 'GET' }, { method, uri }] },
});

describe('costOf', () => {
  it.each<[string, PricedCall, string, number, number, number]>([
    ['one record read', { method: 'GET', path: '/Events/1' }, 'read', 1, 1, 0],
    ['a sorted list', { method: 'GET', path: '/Notes', query: { sort_by: 'id' } }, 'read', 1, 1, 1],
    ['a custom view', { method: 'GET', path: '/Deals', query: { cvid: '1' } }, 'read', 3, 1, 1],
    ['an absent query value', { method: 'GET', path: '/Deals', query: { sort_by: undefined } }, 'read', 1, 1, 0],
    ['the deleted list', { method: 'GET', path: '/Deals/deleted' }, 'read', 2, 1, 0],
    ['a search', { method: 'GET', path: '/Contacts/search' }, 'read', 1, 1, 1],
    ['1 record written', { method: 'POST', path: '/Events', body: data(1) }, 'write', 1, 1, 0],
    ['10 records written', { method: 'POST', path: '/Notes', body: data(10) }, 'write', 1, 1, 0],
    ['11 records written', { method: 'PUT', path: '/Notes', body: data(11) }, 'write', 2, 1, 1],
    ['100 records deleted', { method: 'DELETE', path: '/Notes', query: { ids: '1,2' } }, 'write', 1, 1, 0],
    ['COQL without a limit', coql(''), 'read', 1, 1, 1],
    ['COQL 200', coql('limit 200'), 'read', 1, 1, 1],
    ['COQL 201', coql('limit 201'), 'read', 2, 1, 1],
    ['COQL 1000', coql('limit 1000 offset 1000'), 'read', 2, 1, 1],
    ['COQL 2000', coql('limit 2000'), 'read', 3, 1, 1],
    ['a composite that reads', composite('GET'), 'read', 1, 5, 1],
    ['a composite that writes', composite('POST'), 'write', 1, 5, 1],
    ['a composite that queries', composite('POST', '/crm/v8/coql'), 'read', 1, 5, 1],
    ['a composite that writes elsewhere', composite('POST', '/crm/v8/Events'), 'write', 1, 5, 1],
    ['a composite with rollback', composite('POST', undefined, true), 'write', 2, 5, 1],
  ])('%s', (_name, call, kind, credits, units, sub) => {
    expect(costOf(call)).toEqual({ kind, credits, units, sub });
  });
});
