import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AddressPolicy } from './address-policy.js';
import { parseAllowList } from './allow-list.js';

const closed = new AddressPolicy();
const judge = (address: string, policy = closed) => policy.refusalOfAddress(address, 'api.example.com', 443);
const hex = (high: number, low: number) => ((high << 8) | low).toString(16);

const refused = [
  ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.255.254', '169.254.1.1'],
  ...['172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.2.1', '192.88.99.1', '192.168.1.1', '198.18.0.1'],
  ...['198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::7f00:1', '::ffff:127.0.0.1', '::ffff:7f00:1', '0:0:0:0:0:ffff:10.0.0.1', '64:ff9b::7f00:1'],
  ...['64:ff9b::8.8.8.8', '64:ff9b:1::1', '100::1', '2001::1', '2001:0:4136:e378:8000:63bf:3fff:fdd2', '2001:2::1'],
  ...['2001:db8::1', '2002:7f00:1::', '2002:808:808::', '3fff::1', '5f00::1', 'fc00::1', 'fd12:3456::1', 'fe80::1'],
  ...['fe80::1%eth0', 'fec0::1', 'ff02::1', '::ffff:0:127.0.0.1', 'not an address', '', '1.2.3', '::ffff:1.2.3.999'],
];
const metadata = [
  ...['169.254.169.254', '169.254.170.2', '100.100.100.200', '168.63.129.16', '192.0.0.192', 'fd00:ec2::254'],
  ...[
    'fd20:ce::254',
    'fd00:42::42',
    'fe80::a9fe:a9fe',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '::ffff:6464:64c8',
  ],
];
const open = [
  ...[
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
  ],
  ...['172.15.255.255', '172.32.0.0', '192.167.255.255', '198.17.255.255', '198.20.0.0', '223.255.255.255'],
  ...['2606:4700::1111', '2001:4860:4860::8888', '2a00:1450:4001::1', '::ffff:8.8.8.8', '::ffff:808:808'],
];

describe('AddressPolicy', () => {
  it.each([...refused, ...metadata])('refuses to dial %p', (address) => expect(judge(address)).not.toBeNull());

  it.each(open)('lets %s be dialled', (address) => expect(judge(address)).toBeNull());

  it.each(metadata)('refuses metadata address %s even when allow-listed', (address) => {
    const host = address.includes(':') ? `[${address}]` : address;
    const policy = new AddressPolicy(parseAllowList([`${host}:80`, 'api.example.com:443']));
    expect(judge(address, policy)).toBe('metadata');
    expect(policy.refusalOfHost(new URL(`http://${host}`).hostname, 80)).toBe('metadata');
  });

  it('refuses metadata host names even when allow-listed', () => {
    const policy = new AddressPolicy(parseAllowList(['metadata.google.internal:80', 'metadata:80']));
    expect(policy.refusalOfHost('metadata.google.internal', 80)).toBe('metadata');
    expect(policy.refusalOfHost('metadata', 80)).toBe('metadata');
  });

  it('opens a private address for the listed host and port only', () => {
    const policy = new AddressPolicy(parseAllowList(['10.0.0.5:11434', 'ollama:8000']));
    expect(policy.refusalOfHost('10.0.0.5', 11434)).toBeNull();
    expect(policy.refusalOfHost('10.0.0.5', 11435)).toBe('internal');
    expect(policy.refusalOfHost('10.0.0.6', 11434)).toBe('internal');
    expect(policy.refusalOfAddress('172.17.0.2', 'ollama', 8000)).toBeNull();
    expect(policy.refusalOfAddress('172.17.0.2', 'ollama', 8001)).toBe('internal');
    expect(policy.refusalOfAddress('10.0.0.5', 'evil.test', 11434)).toBe('internal');
  });

  it.each(['localhost', 'a.localhost', 'printer.local', 'db.internal', 'ollama'])(
    'refuses the private name %s',
    (name) => expect(closed.refusalOfHost(name, 443)).toBe('internal'),
  );

  it('judges an IPv4 address and its IPv4-mapped spellings alike', () => {
    fc.assert(
      fc.property(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)), ([a, b, c, d]) => {
        const verdict = judge(`${a}.${b}.${c}.${d}`);
        expect(judge(`::ffff:${a}.${b}.${c}.${d}`)).toBe(verdict);
        expect(judge(`0:0:0:0:0:FFFF:${hex(a, b)}:${hex(c, d)}`)).toBe(verdict);
      }),
    );
  });

  it('judges every spelling of a private IPv4 host as the URL parser reads it', () => {
    const privateAddress = fc.oneof(
      fc.tuple(fc.constant(10), fc.nat(255), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(127), fc.nat(255), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(192), fc.constant(168), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(169), fc.constant(254), fc.nat(255), fc.nat(255)),
    );
    const fullWidth = (text: string) => text.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
    fc.assert(
      fc.property(privateAddress, ([a, b, c, d]) => {
        const number = ((a * 256 + b) * 256 + c) * 256 + d;
        const octal = (part: number) => `0${part.toString(8)}`;
        for (const host of [
          `${a}.${b}.${c}.${d}`,
          `${number}`,
          `0x${number.toString(16)}`,
          `0${number.toString(8)}`,
          `${octal(a)}.${octal(b)}.${octal(c)}.${octal(d)}`,
          `${a}.${b}.${c * 256 + d}`,
          `${a}.${(b * 256 + c) * 256 + d}`,
          fullWidth(`${a}.${b}.${c}.${d}`),
          `[::ffff:${hex(a, b)}:${hex(c, d)}]`,
          `[64:ff9b::${a}.${b}.${c}.${d}]`,
          `[2002:${hex(a, b)}:${hex(c, d)}::]`,
        ])
          expect(closed.refusalOfHost(new URL(`https://${host}/`).hostname, 443)).not.toBeNull();
      }),
    );
  });

  it('refuses every IPv6 address outside global unicast', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const first = parseInt(new URL(`http://[${address}]`).hostname.slice(1).split(':')[0] || '0', 16);
        fc.pre(first < 0x2000 || first > 0x3fff);
        fc.pre(!/^\[::ffff:/.test(new URL(`http://[${address}]`).hostname));
        expect(judge(address)).not.toBeNull();
      }),
    );
  });
});

describe('parseAllowList', () => {
  it('normalises hosts as URLs do', () => {
    expect([...parseAllowList([' Ollama.LAN:11434 ', '[0:0::1]:80', '127.1:8000'])]).toEqual([
      'ollama.lan:11434',
      '[::1]:80',
      '127.0.0.1:8000',
    ]);
  });

  it.each([
    ['http://10.0.0.5:80', 'scheme'],
    ['10.0.0.5', 'host:port'],
    ['10.0.0.5:', 'host:port'],
    ['::1:80', 'brackets'],
    ['*.lan:80', 'wildcard'],
    ['10.0.0.0/8:80', 'host:port only'],
    ['user@10.0.0.5:80', 'host:port only'],
    ['10.0.0.5:0', 'port'],
    ['10.0.0.5:65536', 'port'],
    ['ollama.:80', 'dot'],
    ['', 'host:port'],
    ['1.2.3.4.5:80', 'neither'],
  ])('refuses %p and says what it takes', (entry, repair) => expect(() => parseAllowList([entry])).toThrow(repair));

  it('names every bad entry at once', () => {
    expect(() => parseAllowList(['a', 'good:80', 'b:0'])).toThrow(/"a".*"b:0"/);
  });
});
