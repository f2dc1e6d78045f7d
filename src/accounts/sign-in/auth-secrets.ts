import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SwitchboardSettings } from '../../core/config/index.js';

/** A secret as better-auth wants it: the first of a list signs and encrypts, the others still decrypt. */
export interface AuthSecret {
  readonly version: number;
  readonly value: string;
}

/** Injection token of the `AuthSecret[]`. */
export const AUTH_SECRETS = Symbol('switchboard sign-in secrets');

/**
 * The secrets that sign cookies and encrypt second factors: derived from the encryption keys where these are given, so
 * that replicas agree, else kept in the file `auth-secret` of the data directory. A new first key signs everybody out;
 * second factors survive it as long as the old key is still listed.
 */
export function authSecrets(settings: SwitchboardSettings): AuthSecret[] {
  if (settings.encryptionKeys?.length) return settings.encryptionKeys.map(derive);
  if (settings.database.kind === 'memory') return [derive(randomBytes(32).toString('base64'))];
  return [derive(secretFile(settings.dataDirectory))];
}

function derive(key: string): AuthSecret {
  return {
    version: createHash('sha256').update(key).digest().readUInt32BE(0),
    value: Buffer.from(hkdfSync('sha256', key, '', 'switchboard sign-in', 32)).toString('base64url'),
  };
}

function secretFile(directory: string): string {
  const path = join(directory, 'auth-secret');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, randomBytes(32).toString('base64'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(path, 'utf8').trim();
}
