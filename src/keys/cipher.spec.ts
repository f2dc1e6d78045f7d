import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { KeyRing, UndecryptableError } from './cipher.js';

const key = () => randomBytes(32).toString('base64');

describe('KeyRing', () => {
  it('reads what it wrote', () => {
    const ring = new KeyRing([key()]);
    expect(ring.decrypt(ring.encrypt('sk-سلام', 'row'), 'row')).toBe('sk-سلام');
  });

  it('never writes the same text twice', () => {
    const ring = new KeyRing([key()]);
    expect(ring.encrypt('a', 'row')).not.toBe(ring.encrypt('a', 'row'));
  });

  it('A42 opens no ciphertext that was moved to another context', () => {
    const ring = new KeyRing([key()]);
    expect(() => ring.decrypt(ring.encrypt('secret', 'row 1'), 'row 2')).toThrow(UndecryptableError);
  });

  it('A42 opens no ciphertext that was cut or changed at any byte', () => {
    const ring = new KeyRing([key()]);
    const [version, id, payload] = ring.encrypt('secret', 'row').split('.') as [string, string, string];
    const bytes = Buffer.from(payload, 'base64url');
    for (let index = 0; index < bytes.length; index++) {
      const changed = Buffer.from(bytes);
      changed[index] = changed[index]! ^ 1;
      expect(() => ring.decrypt(`${version}.${id}.${changed.toString('base64url')}`, 'row')).toThrow(
        UndecryptableError,
      );
      const cut = bytes.subarray(0, index).toString('base64url');
      expect(() => ring.decrypt(`${version}.${id}.${cut}`, 'row')).toThrow(UndecryptableError);
    }
  });

  it('F60 reads what an older key wrote and writes with the first', () => {
    const [older, newer] = [key(), key()];
    const text = new KeyRing([older]).encrypt('secret', 'row');
    const ring = new KeyRing([newer, older]);
    expect(ring.decrypt(text, 'row')).toBe('secret');
    expect(ring.encrypt('secret', 'row').split('.')[1]).toBe(ring.currentId);
    expect(() => new KeyRing([newer]).decrypt(text, 'row')).toThrow(UndecryptableError);
  });

  it('F58 names every key that is too short or not base64', () => {
    expect(() => new KeyRing(['short', key(), '!!!'])).toThrow(/key 1 of 3[\s\S]*key 3 of 3/);
    expect(() => new KeyRing([])).toThrow(/SWITCHBOARD_KEYS is empty/);
  });
});
