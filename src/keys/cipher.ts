import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { ConfigurationError } from '../core/config/index.js';

const VERSION = 'v1';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

interface RingKey {
  readonly id: string;
  readonly secret: Buffer;
}

/** A ciphertext that no key of the ring opens, or that was bound to something else. */
export class UndecryptableError extends Error {
  constructor(readonly keyId: string | null) {
    super(
      keyId === null
        ? 'The ciphertext is damaged'
        : `The ciphertext was written with key ${keyId} for another place, or that key is missing`,
    );
    this.name = 'UndecryptableError';
  }
}

/**
 * AES-256-GCM under a ring of keys: the first one writes, all of them read. A ciphertext names its key and is bound to
 * a context (table, row, provider, owner, origin); moved anywhere else it does not open.
 *
 * Text form: `v1.<key id>.<base64url of nonce, tag and ciphertext>`.
 */
export class KeyRing {
  private readonly keys: readonly [RingKey, ...RingKey[]];

  /** @throws ConfigurationError naming every key that is not 32 bytes of base64. */
  constructor(encoded: readonly string[]) {
    const problems: string[] = [];
    const keys = encoded.map((text, index) => {
      const secret = Buffer.from(text, 'base64');
      if (
        secret.length !== KEY_BYTES ||
        secret.toString('base64').replace(/(?<!=)=+$/, '') !== text.replace(/(?<!=)=+$/, '')
      )
        problems.push(
          `Encryption key ${index + 1} of ${encoded.length} (SWITCHBOARD_KEYS) is not ${KEY_BYTES} bytes of base64; make one with: openssl rand -base64 32`,
        );
      return { id: createHash('sha256').update(secret).digest('hex').slice(0, 8), secret };
    });
    const [first, ...others] = keys;
    if (first === undefined) problems.push('SWITCHBOARD_KEYS is empty; make a key with: openssl rand -base64 32');
    if (problems.length > 0 || first === undefined) throw new ConfigurationError(problems);
    this.keys = [first, ...others];
  }

  /** Id of the key that writes. */
  get currentId(): string {
    return this.keys[0].id;
  }

  get ids(): readonly string[] {
    return this.keys.map((key) => key.id);
  }

  /** A secret for another purpose, one per key of the ring, the writing one first; the same on every replica. */
  derive(purpose: string): [Buffer, ...Buffer[]] {
    const of = ({ secret }: RingKey) =>
      Buffer.from(hkdfSync('sha256', secret, '', `switchboard ${purpose}`, KEY_BYTES));
    const [first, ...others] = this.keys;
    return [of(first), ...others.map(of)];
  }

  encrypt(plaintext: string, context: string): string {
    const { id, secret } = this.keys[0];
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(Buffer.from(`${id}\n${context}`));
    const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
    return `${VERSION}.${id}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
  }

  /** @throws UndecryptableError, never garbage. */
  decrypt(text: string, context: string): string {
    const [version, id, payload] = text.split('.');
    if (version !== VERSION || id === undefined || payload === undefined) throw new UndecryptableError(null);
    const key = this.keys.find((candidate) => candidate.id === id);
    const bytes = Buffer.from(payload, 'base64url');
    if (key === undefined || bytes.length < NONCE_BYTES + TAG_BYTES) throw new UndecryptableError(id);
    try {
      const decipher = createDecipheriv('aes-256-gcm', key.secret, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(`${id}\n${context}`))
        .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      throw new UndecryptableError(id);
    }
  }
}
