import { AppError } from '../errors.ts';

/** One Zoho data centre: where people log in, and the origins at which its API answers (production, sandbox, developer). */
export type DataCentre = { location: string; accounts: string; apiOrigins: readonly string[] };

/** An entry beside the table, handed in by the composition root only (the local sandbox). Origins without a path. */
export type ExtraDataCentre = { location: string; accounts: string; api: string };

/** The closed table. Source: Zoho CRM API v8, Multi DC; Zoho Accounts, Multi DC (the UK API host is not confirmed yet). */
export const DATA_CENTRES: readonly DataCentre[] = [
  zohoCentre('us', 'accounts.zoho.com', 'com'),
  zohoCentre('eu', 'accounts.zoho.eu', 'eu'),
  zohoCentre('in', 'accounts.zoho.in', 'in'),
  zohoCentre('au', 'accounts.zoho.com.au', 'com.au'),
  zohoCentre('jp', 'accounts.zoho.jp', 'jp'),
  zohoCentre('ca', 'accounts.zohocloud.ca', 'ca'),
  zohoCentre('sa', 'accounts.zoho.sa', 'sa'),
  zohoCentre('uk', 'accounts.zoho.uk', 'uk'),
  zohoCentre('cn', 'accounts.zoho.com.cn', 'com.cn'),
];

/** The data centre of a location; an extra entry wins over the table. Throws `invalid_input` for a location nobody lists. */
export function findDataCentre(location: string, extra: readonly ExtraDataCentre[] = []): DataCentre {
  const [found] = entriesOf(location, extra);
  if (found === undefined) throw unknownLocation(location);
  return found;
}

/**
 * The data centre of an OAuth redirect. Both values come from the browser and are only compared with the table: the client
 * secret is never posted to a host of the query. Throws `invalid_input` when they do not name one entry together.
 */
export function resolveDataCentre(
  location: string,
  accountsServer: string,
  extra: readonly ExtraDataCentre[] = [],
): DataCentre {
  const entries = entriesOf(location, extra);
  if (entries.length === 0) throw unknownLocation(location);
  const origin = bareOrigin(accountsServer);
  const found = entries.find((entry) => entry.accounts === origin);
  if (found === undefined) {
    throw new AppError(
      'invalid_input',
      `The login came back from an accounts server that does not belong to Zoho's data centre "${location}". Nothing was sent to it. Start the connection again from Settings > Integrations.`,
      { detail: { location, accountsServer } },
    );
  }
  return found;
}

/** Gives the origin of a token answer's `api_domain` if it belongs to the data centre; throws `crm_rejected` otherwise. */
export function checkApiDomain(centre: DataCentre, apiDomain: string): string {
  const origin = bareOrigin(apiDomain);
  if (origin !== null && centre.apiOrigins.includes(origin)) return origin;
  throw new AppError(
    'crm_rejected',
    `Zoho named an API host that is not in the table of data centre "${centre.location}". No request was sent to it. Please report this.`,
    { detail: { location: centre.location, apiDomain } },
  );
}

function zohoCentre(location: string, accountsHost: string, domain: string): DataCentre {
  const apiOrigins = ['www', 'sandbox', 'developer'].map((name) => `https://${name}.zohoapis.${domain}`);
  return { location, accounts: `https://${accountsHost}`, apiOrigins };
}

function entriesOf(location: string, extra: readonly ExtraDataCentre[]): DataCentre[] {
  const added = extra.map((entry) => ({
    location: entry.location,
    accounts: new URL(entry.accounts).origin,
    apiOrigins: [new URL(entry.api).origin],
  }));
  return [...added, ...DATA_CENTRES].filter((entry) => entry.location === location);
}

/** The origin of an address that has nothing else (a final slash is allowed), else null. */
function bareOrigin(address: string): string | null {
  const url = parseUrl(address);
  if (url === null || url.username !== '' || url.password !== '') return null;
  return url.pathname === '/' && url.search === '' && url.hash === '' ? url.origin : null;
}

function parseUrl(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}

function unknownLocation(location: string): AppError {
  const known = DATA_CENTRES.map((entry) => entry.location).join(', ');
  return new AppError('invalid_input', `"${location}" is no Zoho data centre that we know. Use one of: ${known}.`, {
    detail: { location },
  });
}
