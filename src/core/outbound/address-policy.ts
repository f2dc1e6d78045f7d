import { BlockList, isIP } from 'node:net';
import { type AllowList, allowListKey } from './allow-list.js';

/**
 * Networks of the operator's own, which an allow list entry opens.
 * Source: the IANA special-purpose address registries.
 */
const INTERNAL_NETWORKS = [
  '10.0.0.0/8',
  '100.64.0.0/10', // shared address space behind carrier NAT
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '198.18.0.0/15', // benchmarking; also the fake answers of some local proxies
  '::1/128',
  'fc00::/7',
] as const;

/** Where clouds keep the credentials of a machine. Source: the vendors' documentation. */
const METADATA_NETWORKS = [
  '169.254.0.0/16',
  'fe80::/10',
  '100.100.100.200/32', // Alibaba, inside the carrier NAT space
  '168.63.129.16/32', // Azure's host agent, a public address
  '192.0.0.192/32', // Oracle
  'fd00:ec2::/32', // Amazon
  'fd20:ce::254/128', // Google
  'fd00:42::42/128', // Scaleway
] as const;

/** Never dialled, whatever the allow list says: no provider can live there. */
const FORBIDDEN_NETWORKS = [
  '0.0.0.0/8', // "this host": Linux connects it to loopback
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24', // 6to4 relays
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '2001::/23', // protocol assignments: Teredo, benchmarking, ORCHID
  '2001:db8::/32',
  '2002::/16', // 6to4, which carries any IPv4 address inside
  '3fff::/20',
] as const;

/** Names of metadata services; they stay refused when allow-listed, like their addresses. */
const METADATA_HOSTS = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'metadata.azure.internal',
  'metadata.oraclecloud.com',
  'metadata.tencentyun.com',
  'instance-data',
  'instance-data.ec2.internal',
]);

/** What is wrong with a target; the texts go to administrators and name no resolved address. */
export const REFUSAL = {
  metadata: 'is a cloud metadata or link-local address, which is never called',
  reserved: 'is an unspecified, reserved, multicast or transition address, which is never called',
  internal:
    'is on a private network. Use a public host, or have the operator add its host:port to ALLOW_PRIVATE_UPSTREAMS',
} as const;

/** A key of {@link REFUSAL}. */
export type Refusal = keyof typeof REFUSAL;

/**
 * Decides which hosts and which IP addresses may be dialled. Public unicast addresses may; private ones only when the
 * host **as written in the URL**, with its port, is on the operator's allow list; metadata, link-local, reserved and
 * IPv4-carrying IPv6 addresses never.
 */
export class AddressPolicy {
  readonly #internal = blockListOf(INTERNAL_NETWORKS);
  readonly #forbidden = blockListOf(FORBIDDEN_NETWORKS);
  readonly #metadata = blockListOf(METADATA_NETWORKS);
  readonly #globalUnicast = blockListOf(['2000::/3']);

  constructor(readonly allowList: AllowList = new Set()) {}

  /** Whether the operator listed this host and port. `hostname` is as `URL.hostname` spells it. */
  isAllowListed(hostname: string, port: number): boolean {
    return this.allowList.has(allowListKey(hostname, port));
  }

  /**
   * Judges a host before any look-up: address literals, metadata names and names that exist on private networks only.
   * `hostname` is as `URL.hostname` spells it, which undoes decimal, hexadecimal, octal, short and full-width forms.
   */
  refusalOfHost(hostname: string, port: number): Refusal | null {
    const bare = withoutBrackets(hostname);
    if (isIP(bare) !== 0) return this.refusalOfAddress(bare, hostname, port);
    if (METADATA_HOSTS.has(hostname)) return 'metadata';
    const isPrivateName = !hostname.includes('.') || /\.(?:localhost|local|internal)$/.test(hostname);
    return isPrivateName && !this.isAllowListed(hostname, port) ? 'internal' : null;
  }

  /** Judges one resolved address of the host and port of a URL. Anything that is no IP address is refused. */
  refusalOfAddress(address: string, hostname: string, port: number): Refusal | null {
    const plain = unmapped(address);
    const family = isIP(plain);
    if (family === 0) return 'reserved';
    const type = family === 4 ? 'ipv4' : 'ipv6';
    if (this.#metadata.check(plain, type)) return 'metadata';
    if (this.#forbidden.check(plain, type)) return 'reserved';
    if (this.#internal.check(plain, type)) return this.isAllowListed(hostname, port) ? null : 'internal';
    return family === 6 && !this.#globalUnicast.check(plain, type) ? 'reserved' : null;
  }
}

function withoutBrackets(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

/** The IPv4 address inside `::ffff:0:0/96`, without which the rules above would be judged as IPv6; zone ids go too. */
function unmapped(address: string): string {
  if (!address.includes(':')) return address;
  const zone = address.indexOf('%');
  const url = URL.parse(`http://[${zone === -1 ? address : address.slice(0, zone)}]`);
  if (url === null) return '';
  const canonical = withoutBrackets(url.hostname);
  const mapped = /^::ffff:(?<high>[0-9a-f]{1,4}):(?<low>[0-9a-f]{1,4})$/.exec(canonical)?.groups;
  if (mapped === undefined) return canonical;
  const [high, low] = [parseInt(mapped['high'] ?? '', 16), parseInt(mapped['low'] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), address.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}
