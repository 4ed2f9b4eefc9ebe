import { describe, expect, it } from 'vitest';
import { checkApiDomain, DATA_CENTRES, findDataCentre, resolveDataCentre } from '../../src/zoho/data-centres.ts';

const sandbox = { location: 'us', accounts: 'http://127.0.0.1:4801', api: 'http://127.0.0.1:4802' };

describe('resolveDataCentre', () => {
  it.each([
    ['us', 'https://accounts.zoho.com', 'https://www.zohoapis.com'],
    ['eu', 'https://accounts.zoho.eu', 'https://www.zohoapis.eu'],
    ['in', 'https://accounts.zoho.in', 'https://www.zohoapis.in'],
    ['au', 'https://accounts.zoho.com.au', 'https://www.zohoapis.com.au'],
    ['jp', 'https://accounts.zoho.jp', 'https://www.zohoapis.jp'],
    ['ca', 'https://accounts.zohocloud.ca', 'https://www.zohoapis.ca'],
    ['sa', 'https://accounts.zoho.sa', 'https://www.zohoapis.sa'],
    ['uk', 'https://accounts.zoho.uk', 'https://www.zohoapis.uk'],
    ['cn', 'https://accounts.zoho.com.cn', 'https://www.zohoapis.com.cn'],
  ])('%s answers at %s and %s', (location, accounts, api) => {
    const centre = resolveDataCentre(location, accounts);
    expect(centre.accounts).toBe(accounts);
    expect(checkApiDomain(centre, api)).toBe(api);
    expect(checkApiDomain(centre, api.replace('www', 'sandbox'))).toBe(api.replace('www', 'sandbox'));
  });

  it('knows nine data centres and no two with the same hosts', () => {
    const hosts = DATA_CENTRES.flatMap((centre) => [centre.accounts, ...centre.apiOrigins]);
    expect(DATA_CENTRES).toHaveLength(9);
    expect(new Set(hosts).size).toBe(hosts.length);
  });

  it.each([
    ['us', 'https://accounts.zoho.eu'],
    ['us', 'https://accounts.zoho.com.evil.example'],
    ['us', 'https://evil.example/accounts.zoho.com'],
    ['us', 'https://accounts.zoho.com@evil.example'],
    ['us', 'https://user@accounts.zoho.com'],
    ['us', 'http://accounts.zoho.com'],
    ['us', 'https://accounts.zoho.com:8443'],
    ['us', 'https://accounts.zoho.com/path'],
    ['us', 'not an address'],
    ['xx', 'https://accounts.zoho.com'],
    ['', ''],
  ])('refuses %s with %s', (location, accounts) => {
    expect(() => resolveDataCentre(location, accounts)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });

  it('takes the sandbox only from the composition root, beside the real entry of the same location', () => {
    expect(resolveDataCentre('us', sandbox.accounts, [sandbox]).apiOrigins).toEqual([sandbox.api]);
    expect(resolveDataCentre('us', 'https://accounts.zoho.com', [sandbox]).accounts).toBe('https://accounts.zoho.com');
    expect(() => resolveDataCentre('us', sandbox.accounts)).toThrow();
    expect(findDataCentre('us', [sandbox]).accounts).toBe(sandbox.accounts);
    expect(findDataCentre('us').accounts).toBe('https://accounts.zoho.com');
  });
});

describe('checkApiDomain', () => {
  it.each(['https://www.zohoapis.eu', 'https://www.zohoapis.com.evil.example', 'http://www.zohoapis.com', 'x', ''])(
    'sends nothing to %s for a US connection',
    (apiDomain) => {
      expect(() => checkApiDomain(findDataCentre('us'), apiDomain)).toThrow(
        expect.objectContaining({ code: 'crm_rejected' }),
      );
    },
  );
});
