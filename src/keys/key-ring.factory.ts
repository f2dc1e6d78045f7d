import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SwitchboardSettings } from '../core/config/index.js';
import type { Database } from '../core/database/index.js';
import { KeyRing } from './cipher.js';

const SENTINEL = 'switchboard';
const sentinelContext = (keyId: string) => `key_sentinel\n${keyId}`;

/**
 * The key ring of this installation: from the settings, else from a key file in the data directory, made on first
 * use and readable by its owner only.
 * @throws Error with one clear line when the database was written with keys that are not in the ring.
 */
export async function openKeyRing(settings: SwitchboardSettings, database: Database): Promise<KeyRing> {
  const ring = new KeyRing(settings.encryptionKeys ?? [keyFromFile(settings)]);
  await checkSentinels(ring, database, settings.allowUndecryptable === true);
  return ring;
}

function keyFromFile(settings: SwitchboardSettings): string {
  if (settings.database.kind === 'memory') return randomBytes(32).toString('base64');
  const file = join(settings.dataDirectory, 'switchboard.key');
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(settings.dataDirectory, { recursive: true, mode: 0o700 });
    const key = randomBytes(32).toString('base64');
    writeFileSync(file, `${key}\n`, { mode: 0o600, flag: 'wx' });
    chmodSync(file, 0o600);
    return key;
  }
}

/**
 * Every key that ever wrote left a row that only it opens. A ring that opens none of them is the wrong ring; a ring
 * whose first key is new adds its row.
 */
async function checkSentinels(ring: KeyRing, database: Database, isAllowed: boolean): Promise<void> {
  const table = `"${database.schemaName}".key_sentinel`;
  const em = database.em();
  const rows: { key_id: string; ciphertext: string }[] = await em.execute(`select key_id, ciphertext from ${table}`);
  const isOpen = (row: { key_id: string; ciphertext: string }) => {
    try {
      return ring.decrypt(row.ciphertext, sentinelContext(row.key_id)) === SENTINEL;
    } catch {
      return false;
    }
  };
  const known = rows.filter(isOpen).map((row) => row.key_id);
  const inUse: { key_id: string }[] = await em.execute(
    `select distinct key_id from "${database.schemaName}".provider_key`,
  );
  const missing = inUse.map((row) => row.key_id).filter((keyId) => !ring.ids.includes(keyId));
  if (rows.length > 0 && (known.length === 0 || missing.length > 0) && !isAllowed)
    throw new Error(
      `The encryption keys do not fit this database: stored keys were written with ${
        missing.length > 0 ? missing.join(', ') : rows.map((row) => row.key_id).join(', ')
      }, and SWITCHBOARD_KEYS (or the key file in DATA_DIR) holds ${ring.ids.join(', ')}. ` +
        'Put the old key back, behind the new one: SWITCHBOARD_KEYS=new,old. ' +
        'Or start with --allow-undecryptable: what cannot be read is then marked so, and has to be entered again.',
    );
  if (!known.includes(ring.currentId))
    await em.execute(
      `insert into ${table} (key_id, ciphertext, created_at) values (?, ?, now()) on conflict (key_id) do nothing`,
      [ring.currentId, ring.encrypt(SENTINEL, sentinelContext(ring.currentId))],
    );
}
