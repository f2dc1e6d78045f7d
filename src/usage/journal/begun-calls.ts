import type { LedgerRow } from '../ledger-row.js';
import type { JournalFile } from './journal-file.js';
import { toLine } from './journal-lines.js';

/** Calls that run at once and are written down; the reservations of limited callers come besides. */
const MOST_CALLS = 50_000;
/** Lines of calls that ended meanwhile are dropped when there are so many of them. */
const MOST_STALE_LINES = 1_000;

/**
 * Calls that have begun and not ended, on disk as the rows that a crash would leave of them. Calls that end before they
 * are written down never touch the disk.
 */
export class BegunCalls {
  private readonly running = new Map<string, LedgerRow>();
  private fresh: LedgerRow[] = [];
  private lines = 0;

  /** @param files take turns: one is emptied once the other holds what still runs */
  constructor(private readonly files: [active: JournalFile, other: JournalFile]) {}

  get size(): number {
    return this.running.size;
  }

  /** Answers whether something waits to be written. */
  begin(row: LedgerRow): boolean {
    if (this.running.size >= MOST_CALLS) return false;
    this.running.set(row.id, row);
    this.fresh.push(row);
    return true;
  }

  end(id: string): void {
    this.running.delete(id);
  }

  /** Writes down what began since and still runs. @throws the file system's error */
  write(): void {
    const rows = this.fresh.filter((row) => this.running.get(row.id) === row);
    this.fresh = [];
    if (rows.length === 0) return;
    if (this.lines + rows.length > MOST_STALE_LINES + 2 * this.running.size) return this.rewrite();
    this.files[0].append(rows.map(toLine).join(''));
    this.lines += rows.length;
  }

  /** Writes down all that runs, where nothing else stands. @throws the file system's error */
  rewrite(): void {
    const rows = [...this.running.values()];
    const [active, other] = this.files;
    other.empty();
    if (rows.length > 0) other.append(rows.map(toLine).join(''));
    this.files.reverse();
    active.empty();
    this.lines = rows.length;
  }
}
