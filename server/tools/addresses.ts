import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { said } from '@rondo/shared/words/said.ts';
import ipaddr from 'ipaddr.js';
import { StepError } from '../engine/ports.ts';

export interface AddressRules {
  /** an admin allows private addresses (this machine, the local network) */
  allowPrivate: boolean;
  /** origins that are always allowed: the server's own */
  allowedOrigins: readonly string[];
  /** who is asked for the addresses of a name; default: the machine's resolver */
  resolver?(host: string): Promise<string[]>;
}

/** True for an address that anybody on the internet may have: not of this machine, a local network, or a special range. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === 'unicast';
}

/**
 * The addresses that a call to a URL may go to. All of a name's addresses are checked, so that a name with one private
 * address among public ones is refused; the caller connects to what was checked, so that a second look-up cannot give
 * another (DNS rebinding).
 * @throws {StepError} ADDRESS_REFUSED, ADDRESS_UNKNOWN
 */
export async function allowedAddresses(url: URL, rules: AddressRules): Promise<string[]> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new StepError('ADDRESS_REFUSED', said('failure.protocol', { protocol: url.protocol }));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) ? [host] : await lookUp(host, rules.resolver ?? machineResolver);
  if (rules.allowPrivate || rules.allowedOrigins.includes(url.origin)) return addresses;
  const refused = addresses.find((address) => !isPublicAddress(address));
  if (refused !== undefined) throw new StepError('ADDRESS_REFUSED', said('failure.private', { address: url.host }));
  return addresses;
}

async function lookUp(host: string, resolver: (host: string) => Promise<string[]>): Promise<string[]> {
  try {
    return await resolver(host);
  } catch (cause) {
    throw new StepError('ADDRESS_UNKNOWN', said('failure.addressUnknown', { address: host }), {
      retryable: true,
      cause,
    });
  }
}

async function machineResolver(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true });
  return found.map((entry) => entry.address);
}

/**
 * Does a URL fit a pattern of OAS `url_allow_list`? A pattern is a URL: scheme and host must be the same, and the path
 * must be the pattern's or lie below it.
 */
export function fitsAllowList(url: URL, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    if (!URL.canParse(pattern)) return false;
    const allowed = new URL(pattern);
    if (allowed.origin !== url.origin) return false;
    const base = allowed.pathname.replace(/\/+$/, '');
    return url.pathname === base || url.pathname.startsWith(`${base}/`);
  });
}
