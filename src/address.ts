import { lookup as resolve } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** An address that is not called; the sentence says why. */
export class Barred extends Error {}

/**
 * The public IP addresses behind a webhook's URL, checked anew at each call, so that a name which moves into an internal network is not
 * followed. `allowed` are hosts, with a port where it is not the usual one, that an operator trusts: these may be internal, and plain http.
 * Throws `Barred`.
 */
export async function addressesOf(url: string, allowed: readonly string[]): Promise<{ address: string; family: 4 | 6 }[]> {
  const { host, hostname, protocol, username, password } = parsed(url);
  if (username || password) throw new Barred('An address with a name or password in it is not taken; the signature says who calls.');
  const trusted = allowed.includes(host);
  if (protocol !== 'https:' && !(trusted && protocol === 'http:'))
    throw new Barred('A webhook’s address begins with https://, like https://example.com/offshoot');
  const bare = hostname.replace(/^\[|\]$/g, '');
  const found = isIP(bare) ? [{ address: bare, family: isIP(bare) }] : await resolve(bare, { all: true }).catch(() => []);
  if (found.length === 0) throw new Barred(`The name ${bare} leads nowhere.`);
  // One internal address among several is enough: any of them might be called.
  if (!trusted && found.some(({ address }) => !isPublic(address)))
    throw new Barred(`${bare} is in an internal network, where webhooks do not go. An operator may allow it with OFFSHOOT_WEBHOOK_HOSTS.`);
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

function parsed(url: string): URL {
  try {
    return new URL(url);
  } catch {
    throw new Barred('That is no address; one looks like https://example.com/offshoot');
  }
}

/** No private, loopback, link-local, shared (CGNAT), multicast, reserved or translated address; an IPv4 one inside IPv6 is looked at itself. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address);
  if (ip.range() !== 'unicast') return false;
  // Of IPv6 only 2000::/3 is given out to be reached from everywhere; ::127.0.0.1, the old way to write an IPv4 address, is not in it.
  return ip.kind() === 'ipv4' || (ip.toByteArray()[0]! & 0xe0) === 0x20;
}
