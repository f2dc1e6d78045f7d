import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../core/database/index.js';
import { SwitchboardError } from '../../core/errors/index.js';
import { sha256 } from '../sha256.js';

const WINDOW_SECONDS = 15 * 60;
/** Failed attempts per window for one account from one network, and for one network. */
const MAX_OF_ACCOUNT = 5;
const MAX_OF_NETWORK = 50;

/** A counted attempt, to be given back when it succeeds. */
export interface Attempt {
  /** The bucket that starts afresh. */
  readonly account: string;
  /** The bucket that gets one back; null for a known browser, which is not counted there. */
  readonly network: string | null;
}

/**
 * Bounds guessing. An attempt is counted before the password is looked at, by one statement, so that parallel guesses
 * cannot slip through; success gives it back. The window is fixed: attempts while refused do not prolong it. Nobody is
 * locked out from another network, nor from a browser known for the account, so a stranger cannot lock anybody out.
 */
@Injectable()
export class SignInLimiter {
  private readonly table: string;

  constructor(@Inject(Database) private readonly database: Database) {
    this.table = `"${database.schemaName}".sign_in_attempt`;
  }

  /**
   * Counts an attempt on `account` from the peer's address, or from a browser that is known for it.
   * @throws SwitchboardError `rate_limited` with the seconds to wait
   */
  async begin(address: string, account: string, knownBrowser: string | null = null): Promise<Attempt> {
    if (knownBrowser !== null) {
      const own = { account: `browser:${knownBrowser}`, network: null };
      await this.count(own.account, MAX_OF_ACCOUNT);
      return own;
    }
    const network = networkOf(address);
    const attempt = { network: `network:${network}`, account: `account:${sha256(account.toLowerCase())}:${network}` };
    await this.count(attempt.network, MAX_OF_NETWORK);
    await this.count(attempt.account, MAX_OF_ACCOUNT);
    return attempt;
  }

  /** The attempt was rightful: the account starts afresh and the network gets it back. */
  async succeed({ account, network }: Attempt): Promise<void> {
    const em = this.database.em();
    await em.execute(`delete from ${this.table} where bucket = ? or ends_at < now()`, [account]);
    if (network === null) return;
    await em.execute(`update ${this.table} set attempts = greatest(attempts - 1, 0) where bucket = ?`, [network]);
  }

  private async count(bucket: string, max: number): Promise<void> {
    const [row] = await this.database.em().execute<{ attempts: number; seconds: string }[]>(
      `insert into ${this.table} as known (bucket, attempts, ends_at)
       values (?, 1, now() + make_interval(secs => ?))
       on conflict (bucket) do update set
         attempts = case when known.ends_at <= now() then 1 else known.attempts + 1 end,
         ends_at = case when known.ends_at <= now() then excluded.ends_at else known.ends_at end
       returning attempts, extract(epoch from ends_at - now()) as seconds`,
      [bucket, WINDOW_SECONDS],
    );
    if (row === undefined || row.attempts <= max) return;
    const retryAfterSeconds = Math.max(1, Math.ceil(Number(row.seconds)));
    throw new SwitchboardError('rate_limited', `Too many failed attempts. Try again in ${retryAfterSeconds} seconds.`, {
      retryAfterSeconds,
    });
  }
}

/** An IPv4 address, or the /64 of an IPv6 address: one customer commands all of it. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  if (!address.includes(':')) return address;
  const [head = '', tail] = (address.split('%', 1)[0] ?? '').toLowerCase().split('::', 2);
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
