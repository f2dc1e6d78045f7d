import { isIP } from 'node:net';

/** Names for networks that are nobody else's. */
const NAMED = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** The proxies of `TRUST_PROXY`, whose word on who asks is believed. */
export function trustedProxies(text: string): string[] {
  return text.split(',').map((entry) => entry.trim());
}

/** Whether every entry is an address, a network, or a name of one; a network of everybody is none. */
export function areTrustedProxies(text: string): boolean {
  return trustedProxies(text).every((entry) => {
    if (NAMED.has(entry)) return true;
    const [address = '', prefix, ...rest] = entry.split('/');
    const family = isIP(address);
    if (family === 0 || rest.length > 0) return false;
    if (prefix === undefined) return true;
    return /^\d{1,3}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= (family === 4 ? 32 : 128);
  });
}
