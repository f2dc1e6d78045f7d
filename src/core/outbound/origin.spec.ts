import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SwitchboardError } from '../errors/index.js';
import { AddressPolicy } from './address-policy.js';
import { parseAllowList } from './allow-list.js';
import { parseBaseUrl, sameOrigin } from './origin.js';

const closed = new AddressPolicy();
const refusalOf = (text: string, policy = closed): SwitchboardError => {
  try {
    parseBaseUrl(text, policy);
  } catch (error) {
    if (error instanceof SwitchboardError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(text)} was let through`);
};

describe('parseBaseUrl', () => {
  it.each([
    ['https://api.openai.com/v1', 'https://api.openai.com/v1', 'https://api.openai.com'],
    ['https://API.OpenAI.com/v1///', 'https://api.openai.com/v1', 'https://api.openai.com'],
    ['https://api.example.com', 'https://api.example.com', 'https://api.example.com'],
    ['https://api.example.com:443/a/../b/', 'https://api.example.com/b', 'https://api.example.com'],
    ['https://api.example.com:8443/', 'https://api.example.com:8443', 'https://api.example.com:8443'],
    ['https://8.8.8.8/v1', 'https://8.8.8.8/v1', 'https://8.8.8.8'],
    ['https://api.example.com/@scope/v1', 'https://api.example.com/@scope/v1', 'https://api.example.com'],
  ])('normalises %s', (text, url, origin) => expect(parseBaseUrl(text, closed)).toEqual({ url, origin }));

  it.each([
    ...[
      'http://169.254.169.254/',
      'https://169.254.169.254',
      'https://[fd00:ec2::254]/latest',
      'https://100.100.100.200',
    ],
    ...['https://metadata.google.internal/computeMetadata/v1', 'https://METADATA.google.internal', 'https://metadata/'],
  ])('A01 refuses the metadata URL %s', (text) => expect(refusalOf(text).code).toBe('url_not_allowed'));

  it.each([
    ...['https://127.0.0.1', 'https://2130706433', 'https://0x7f000001', 'https://0177.0.0.1', 'https://127.1'],
    ...[
      'https://１２７.０.０.１',
      'https://127。0。0。1',
      'https://[::1]',
      'https://[::ffff:127.0.0.1]',
      'https://[::]',
    ],
    ...['https://[64:ff9b::7f00:1]', 'https://[2002:7f00:1::]', 'https://0.0.0.0', 'https://0', 'https://10.1.2.3'],
    ...['https://[fe80::1]', 'https://[fc00::1]', 'https://224.0.0.1', 'https://100.64.0.1', 'https://localhost'],
    ...['https://%31%32%37.0.0.1', 'https://LOCALHOST:8080', 'https://127.0.0.1.', 'https://ⓛocalhost'],
  ])('A02 refuses the private host in %s', (text) => expect(refusalOf(text).code).toBe('url_not_allowed'));

  it.each([
    ...[
      'file:///etc/passwd',
      'data:text/plain,x',
      'ftp://a.example.com',
      'gopher://a.example.com',
      'ws://a.example.com',
    ],
    ...['javascript:1', 'api.openai.com/v1', '//api.openai.com', 'https:api.openai.com', 'https:///api.openai.com', ''],
    ...['https://api.openai.com@evil.example.com', 'https://user:secret@api.example.com', 'https://:@api.example.com'],
    ...[
      'https://api.example.com/v1?x=1',
      'https://api.example.com?',
      'https://api.example.com/#',
      'https://a.example.com#@b',
    ],
    ...['https:\\\\api.example.com', 'https://api.example.com\\@evil.test', 'https://api.example.com/\r\nX: y'],
    ...[
      'https://api.exa\tmple.com',
      'https://api.example.com\u0000',
      ' https://api.example.com',
      'https://api.example.com ',
    ],
    ...[
      'https://api.example.com.',
      'https://api.example.com./v1',
      'https://api.example.com.:443',
      'https://a.example。',
    ],
    ...[
      'https://api.example.com:22',
      'https://api.example.com:25',
      'https://api.example.com:6379',
      'https://a.test:5432',
    ],
    ...['https://api.example.com:0', 'https://api.example.com:99999', 'https://a..b.com', 'https://', 'https://[::1'],
    ...[`https://${'a.'.repeat(130)}com`, `https://${'a'.repeat(64)}.com`, `https://a.example.com/${'x'.repeat(3000)}`],
    ...['http://api.example.com/v1', 'http://8.8.8.8/'],
  ])('A08 refuses %p and names the field', (text) => {
    const error = refusalOf(text);
    expect(error.code).toBe('url_not_allowed');
    expect(error.status).toBe(422);
    expect(error.errors).toHaveLength(1);
    expect(error.errors[0]?.field).toBe('api_base_url');
    expect(error.errors[0]?.message).not.toContain('secret');
  });

  it('names another field when asked to', () => {
    expect(() => parseBaseUrl('x', closed, 'config.catalog_base_url')).toThrow(/^config\.catalog_base_url: /);
  });

  it('A07 lets plain http and private hosts through for the listed host and port only', () => {
    const policy = new AddressPolicy(parseAllowList(['10.0.0.5:11434', 'ollama:80', '169.254.169.254:80']));
    expect(parseBaseUrl('http://10.0.0.5:11434/v1/', policy).url).toBe('http://10.0.0.5:11434/v1');
    expect(parseBaseUrl('http://ollama/v1', policy).origin).toBe('http://ollama');
    expect(refusalOf('http://10.0.0.5:11435/', policy).message).toContain('ALLOW_PRIVATE_UPSTREAMS');
    expect(refusalOf('http://10.0.0.6:11434/', policy).code).toBe('url_not_allowed');
    expect(refusalOf('http://169.254.169.254/', policy).code).toBe('url_not_allowed');
  });

  it('throws nothing but url_not_allowed, and what it returns it accepts again unchanged', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string({ unit: 'binary' })), (text) => {
        try {
          const first = parseBaseUrl(text, closed);
          expect(parseBaseUrl(first.url, closed)).toEqual(first);
          expect(first.url.endsWith('/')).toBe(false);
        } catch (error) {
          expect(error).toMatchObject({ code: 'url_not_allowed' });
        }
      }),
    );
  });
});

describe('sameOrigin', () => {
  it.each([
    ['https://api.openai.com/v1', 'https://API.openai.com:443/v2', true],
    ['https://api.openai.com', 'http://api.openai.com', false],
    ['https://api.openai.com', 'https://api.openai.com:8443', false],
    ['https://api.openai.com', 'https://api.openai.com.evil.test', false],
    ['https://api.openai.com', 'https://evil.test/api.openai.com', false],
    ['https://api.openai.com', 'https://api.openai.com@evil.test', false],
    ['nonsense', 'nonsense', false],
    ['data:a', 'data:a', false],
  ])('A09 compares scheme, host and port: %s and %s', (first, second, same) =>
    expect(sameOrigin(first, second)).toBe(same),
  );
});
