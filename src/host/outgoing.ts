import { lookup as lookUp } from 'node:dns';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { createTransport } from 'nodemailer';
import { AppError } from '../errors.ts';
import type { Outgoing } from '../features/outgoing.ts';

export type OutgoingOptions = {
  /** Hosts in a private network that webhooks may go to. */
  privateHosts: readonly string[];
  smtp: { url: string; from: string } | null;
};

const TIMEOUT_MS = 10_000;

/** Addresses that no stranger should make this machine call: this machine, private and link-local networks, what is no host. */
const NOT_PUBLIC = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  NOT_PUBLIC.addSubnet(net, prefix, 'ipv4');
  NOT_PUBLIC.addSubnet(`::ffff:${net}`, 96 + prefix, 'ipv6');
  NOT_PUBLIC.addSubnet(`64:ff9b::${net}`, 96 + prefix, 'ipv6');
}
for (const [net, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  NOT_PUBLIC.addSubnet(net, prefix, 'ipv6');

/** The ways out that are not Zoho: webhooks over guarded HTTP, mail over SMTP. */
export function createOutgoing({ privateHosts, smtp }: OutgoingOptions): Outgoing {
  const transport = smtp === null ? null : createTransport(withinLimits(smtp.url));
  return {
    postWebhook: (request) => postWebhook(request, privateHosts),
    sendMail:
      smtp === null || transport === null
        ? null
        : async (mail) => {
            await transport.sendMail({ from: smtp.from, ...mail });
          },
  };
}

/** The mail server's address with limits on its silence; the mailer's own ones are minutes. */
function withinLimits(url: string): string {
  const limited = new URL(url);
  for (const limit of ['connectionTimeout', 'greetingTimeout', 'socketTimeout', 'dnsTimeout']) {
    if (!limited.searchParams.has(limit)) limited.searchParams.set(limit, String(TIMEOUT_MS));
  }
  return limited.href;
}

/** True for an address that anybody on the internet may be told to call. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && !NOT_PUBLIC.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

async function postWebhook(
  { url, body, headers }: Parameters<Outgoing['postWebhook']>[0],
  privateHosts: readonly string[],
): Promise<{ status: number }> {
  const target = new URL(url);
  const host = target.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const isLocal = host === 'localhost' || host === '127.0.0.1' || host === '::1';
  const isTrusted = isLocal || privateHosts.includes(host);
  if (target.protocol !== 'https:' && !isLocal) throw refused('the address does not begin with https://');
  if (isIP(host) !== 0 && !isTrusted && !isPublicAddress(host)) throw refused('it is an address of a private network');
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    timeout: TIMEOUT_MS,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    // The address that was checked is the one that is called: a name cannot change its mind in between.
    ...(isTrusted ? {} : { lookup: lookUpPublic }),
  };
  return exchange(target, options, body);
}

function exchange(target: URL, options: RequestOptions, body: string): Promise<{ status: number }> {
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(target, options, (response) => {
      // Nothing of the answer is of interest, and a redirect is no success.
      response.destroy();
      resolve({ status: response.statusCode ?? 0 });
    });
    request.on('error', (error) => reject(error instanceof AppError ? error : unreachable(target, error)));
    request.end(body);
  });
}

const lookUpPublic: LookupFunction = (hostname, options, callback) => {
  lookUp(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    if (addresses.some(({ address }) => !isPublicAddress(address))) {
      return callback(refused('its name leads to a private network'), []);
    }
    if (options.all) return callback(null, addresses);
    const [first] = addresses;
    return first === undefined
      ? callback(refused('its name leads nowhere'), [])
      : callback(null, first.address, first.family);
  });
};

function refused(why: string): AppError {
  return new AppError(
    'invalid_input',
    `The webhook was not called: ${why}. Use a public https address, or name its host in ALERT_PRIVATE_HOSTS.`,
  );
}

function unreachable(target: URL, error: Error): AppError {
  return new AppError('crm_unavailable', `The webhook at ${target.host} could not be called: ${error.message}.`);
}
