import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from './environment.js';
import { areTrustedProxies, trustedProxies } from './trusted-proxies.js';

describe('TRUST_PROXY', () => {
  it.each(['127.0.0.1', '10.0.0.0/8', 'loopback, 10.1.2.3', 'fd00::/8,::1', 'linklocal,uniquelocal'])(
    'takes %s',
    (text) => expect(areTrustedProxies(text)).toBe(true),
  );

  it.each(['true', '1', '0.0.0.0/0', '::/0', '10.0.0.0/33', '10.0.0.0/', 'proxy.example.com', '10.0.0.1,,', '*'])(
    'refuses %s, at boot and by name',
    (text) => {
      expect(areTrustedProxies(text)).toBe(false);
      expect(() => readEnvironment({ TRUST_PROXY: text })).toThrow(/TRUST_PROXY must name the proxies/);
    },
  );

  it('is a list', () => {
    expect(trustedProxies('loopback, 10.0.0.0/8')).toEqual(['loopback', '10.0.0.0/8']);
    expect(readEnvironment({}).TRUST_PROXY).toBeUndefined();
  });
});
