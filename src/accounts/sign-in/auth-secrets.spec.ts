import { afterEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SwitchboardSettings } from '../../core/config/index.js';
import { authSecrets } from './auth-secrets.js';

describe('authSecrets', () => {
  const directory = mkdtempSync(join(tmpdir(), 'switchboard-secret-'));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  const secrets = (encryptionKeys: string[] | null) =>
    authSecrets({
      encryptionKeys,
      dataDirectory: directory,
      database: { kind: 'embedded', dataDirectory: join(directory, 'db') },
    } as unknown as SwitchboardSettings);

  it('agrees between replicas, keeps old keys readable, and is not the key itself', () => {
    const [fresh, old] = secrets(['new key', 'old key']);
    expect(secrets(['old key'])).toEqual([old]);
    expect(fresh).not.toEqual(old);
    expect(JSON.stringify([fresh, old])).not.toContain('key"');
  });

  it('is kept in a private file where no keys are given', () => {
    const first = secrets(null);
    expect(secrets(null)).toEqual(first);
    expect(statSync(join(directory, 'auth-secret')).mode & 0o777).toBe(0o600);
  });
});
