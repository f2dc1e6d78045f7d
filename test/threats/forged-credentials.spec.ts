import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SwitchboardLab } from '../support/switchboard-lab.js';

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const signed = (head: object, claims: object, secret: string | Buffer) => {
  const text = `${part(head)}.${part(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
};

/** Nobody here issues JWTs: whatever looks like one is worth nothing, and nothing in it is followed. */
describe('A20 forged credentials', () => {
  let lab: SwitchboardLab;
  let listener: Server;
  let touched = 0;
  let person: { id: string; token: string };

  beforeAll(async () => {
    lab = await SwitchboardLab.start();
    person = await lab.person('someone@example.com', 'superadmin');
    listener = createServer((_request, response) => {
      touched++;
      response.end('{"keys":[]}');
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  }, 60_000);
  afterAll(async () => {
    await new Promise((resolve) => listener.close(resolve));
    await lab.stop();
  });

  const forged = (): Record<string, string> => {
    const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/keys`;
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const claims = { sub: person.id, role: 'superadmin', aud: 'switchboard', iss: 'switchboard', exp: 4e9, nbf: 0 };
    return {
      'alg none': `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`,
      'alg None, with a signature': `${part({ alg: 'NoNe' })}.${part(claims)}.c2ln`,
      'HS256 with an empty secret': signed({ alg: 'HS256' }, claims, ''),
      'HS256 with the RSA public key': signed(
        { alg: 'HS256' },
        claims,
        publicKey.export({ type: 'spki', format: 'pem' }),
      ),
      'kid as a path': signed({ alg: 'HS256', kid: '../../../../dev/null' }, claims, ''),
      'kid as SQL': signed({ alg: 'HS256', kid: "' union select 'x' --" }, claims, 'x'),
      jku: signed({ alg: 'RS256', jku: url }, claims, 'x'),
      jwk: signed({ alg: 'RS256', jwk: publicKey.export({ format: 'jwk' }) }, claims, 'x'),
      x5u: signed({ alg: 'RS256', x5u: url }, claims, 'x'),
      expired: signed({ alg: 'HS256' }, { ...claims, exp: 1 }, 'x'),
      'not yet valid': signed({ alg: 'HS256' }, { ...claims, nbf: 4e9 }, 'x'),
      'another audience': signed({ alg: 'HS256' }, { ...claims, aud: 'other' }, 'x'),
      'a token of the right shape': `sb_${randomBytes(32).toString('base64url')}`,
      'a token with another end': `${person.token.slice(0, -1)}${person.token.endsWith('A') ? 'B' : 'A'}`,
      'a token in capitals': person.token.toUpperCase(),
      'a token with more': `${person.token}A`,
      'the id of a person': person.id,
    };
  };

  it('open nothing, as a bearer, in a header or in a cookie', async () => {
    const answers: [string, number][] = [];
    for (const [name, value] of Object.entries(forged()))
      for (const [kind, headers] of Object.entries({
        bearer: { authorization: `Bearer ${value}` },
        key: { 'x-api-key': value },
        cookie: { cookie: `switchboard.session_token=${encodeURIComponent(value)}` },
      }))
        for (const url of ['/api/admin/me', '/v1/models'])
          answers.push([`${name} ${kind} ${url}`, (await lab.app.inject({ url, headers })).statusCode]);
    expect(answers.filter(([, status]) => status !== 401)).toEqual([]);
    expect(answers.length).toBe(17 * 3 * 2);
    expect(touched).toBe(0);
  });

  it('A24 open nothing as a session: unsigned, signed by another, or the hash that the database holds', async () => {
    const [row] = await lab.rows('select token from $s.admin_session where user_id = ?', [person.id]);
    const hash = String(row?.['token']);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    const mac = (value: string, secret: string) => createHmac('sha256', secret).update(value).digest('base64');
    for (const value of [hash, `${hash}.`, `${hash}.${mac(hash, '')}`, `${hash}.${mac(hash, 'better-auth-secret')}`]) {
      const headers = { cookie: `switchboard.session_token=${encodeURIComponent(value)}` };
      expect((await lab.app.inject({ url: '/api/admin/me', headers })).statusCode).toBe(401);
    }
  });
});
