import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** The first entry that is no address and no range (`10.0.0.0/8`), undefined when all are. */
export function wrongRange(list: readonly string[]): string | undefined {
  return list.find((entry) => rangeOf(entry) === undefined);
}

/** May this address call? An empty list allows all. An IPv4 address in IPv6 clothes counts as IPv4. */
export function allowedIp(ip: string, list: readonly string[]): boolean {
  if (list.length === 0) return true;
  if (!ipaddr.isValid(ip)) return false;
  const address = ipaddr.process(ip);
  return list.some((entry) => {
    const range = rangeOf(entry);
    return range !== undefined && range[0].kind() === address.kind() && address.match(range);
  });
}

function rangeOf(entry: string): [Address, number] | undefined {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry);
  if (!ipaddr.isValid(entry) || (!entry.includes(':') && entry.split('.').length !== 4)) return undefined;
  const address = ipaddr.process(entry);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}
