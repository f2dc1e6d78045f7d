import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { INTERRUPTED, type LedgerRow } from '../ledger-row.js';
import { readLines } from './journal-lines.js';

/** A file counts as left behind when nobody has touched it for so long, whatever became of its process. */
const SILENCE_MS = 60_000;
/** Host, process, time of its start, and which of its files: `a` and `b` hold rows, `c` and `d` calls that had begun. */
const NAME = /^(.+)~(\d+)~(\d+)~([abcd])\.jsonl$/;

/** What processes that are no more left behind. */
export interface Leftovers {
  /** One per generation: what ended as it ended, what had only begun as it began. */
  readonly rows: LedgerRow[];
  readonly paths: readonly string[];
  readonly unreadable: number;
}

/** Microseconds since 1970: two journals of one process are never begun in the same one. */
export function journalTime(): number {
  return Math.floor((performance.timeOrigin + performance.now()) * 1000);
}

/** The name of a journal of this process. */
export function journalName(startedAt: number, part: 'a' | 'b' | 'c' | 'd'): string {
  return `${hostname()}~${process.pid}~${startedAt}~${part}.jsonl`;
}

/** @throws the file system's error, when the folder cannot be listed or a journal cannot be read */
export function leftoverJournals(folder: string): Leftovers {
  if (!existsSync(folder)) return { rows: [], paths: [], unreadable: 0 };
  const names = readdirSync(folder).filter((name) => isLeftBehind(folder, name));
  // A call may have begun in one file and ended in another: its end is what counts.
  const paths = names.sort((one, other) => partOf(one).localeCompare(partOf(other))).map((name) => join(folder, name));
  const rows = new Map<string, LedgerRow>();
  let unreadable = 0;
  for (const path of paths) {
    const text = readLines(contentOf(path));
    unreadable += text.unreadable;
    for (const row of text.rows) {
      const known = rows.get(row.id);
      // Of several lines about a call that had begun the last one names the stand-in that was at work.
      if (known === undefined || known.errorCode === INTERRUPTED) rows.set(row.id, row);
    }
  }
  return { rows: [...rows.values()], paths, unreadable };
}

/** Another process that looks at the same time may have brought it in, and removed it. */
function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function partOf(name: string): string {
  return NAME.exec(name)?.[4] ?? '';
}

function isLeftBehind(folder: string, name: string): boolean {
  const [, host, pid, startedAt] = NAME.exec(name) ?? [];
  if (host === undefined) return false;
  if (host === hostname() && isGone(Number(pid), Number(startedAt))) return true;
  if (Number(pid) === process.pid && host === hostname()) return false;
  // Of another host, or another process that got the same number: a living journal is touched again and again.
  const touchedAt = statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
  return Date.now() - touchedAt > SILENCE_MS;
}

function isGone(pid: number, startedAt: number): boolean {
  // A container's process has the same number in each life.
  if (pid === process.pid) return startedAt < Math.floor(performance.timeOrigin * 1000);
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EPERM';
  }
}
