import { isIP } from 'node:net';
import { Agent } from 'undici';
import { keepNewest } from '../newest.ts';
import { type AddressRules, allowedAddresses } from './addresses.ts';

/** Hosts whose addresses are kept: more than are ever connected to at the same moment. */
const mostChecked = 10_000;

/** What outgoing calls go through. */
export interface Guard {
  /** for undici: connects to nothing but what was checked */
  dispatcher: Agent;
  /**
   * To be asked before each call and after each redirect: looks the address up.
   * @throws {StepError} ADDRESS_REFUSED, ADDRESS_UNKNOWN
   */
  check(url: URL): Promise<void>;
  close(): Promise<void>;
}

/**
 * Outgoing connections that go to the addresses that were checked, and to no others: a second look-up of a name cannot
 * give another address (DNS rebinding).
 * @param connections most of them to one origin; undefined = no limit
 */
export function openGuard(rules: AddressRules, connections?: number): Guard {
  /** by host: the addresses that were checked just before the connection is made */
  const checked = new Map<string, string[]>();
  const dispatcher = new Agent({
    connect: {
      lookup: (host, _options, callback) => {
        const addresses = checked.get(host) ?? [];
        if (addresses.length === 0) callback(new Error(`${host} was not checked`), []);
        else
          callback(
            null,
            addresses.map((address) => ({ address, family: isIP(address) })),
          );
      },
    },
    keepAliveTimeout: 4_000,
    ...(connections !== undefined && { connections }),
  });
  return {
    dispatcher,
    async check(url) {
      const addresses = await allowedAddresses(url, rules);
      keepNewest(checked, url.hostname.replace(/^\[|\]$/g, ''), addresses, mostChecked);
    },
    close: () => dispatcher.close(),
  };
}
