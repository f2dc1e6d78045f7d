import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { LedgerRow } from './ledger-row.js';

/** A file of another host counts as left behind when nobody has written to it for so long. */
const SILENCE_MS = 60_000;
const NAME = /^(.+)~(\d+)~(\d+)~[ab]\.jsonl$/;

/** Journals whose processes are no more, with the rows in them. */
export function leftoverJournals(folder: string): { rows: LedgerRow[]; paths: string[] } {
  if (!existsSync(folder)) return { rows: [], paths: [] };
  const paths = readdirSync(folder)
    .filter((name) => isLeftBehind(folder, name))
    .map((name) => join(folder, name));
  return { rows: paths.flatMap((path) => rowsOf(readFileSync(path, 'utf8'))), paths };
}

/** The rows of a journal. A last line that was cut off is no row: its answer never went out. */
export function rowsOf(text: string): LedgerRow[] {
  return text.split('\n').flatMap((line) => {
    try {
      const row = JSON.parse(line) as LedgerRow;
      return [{ ...row, createdAt: new Date(row.createdAt) }];
    } catch {
      return [];
    }
  });
}

function isLeftBehind(folder: string, name: string): boolean {
  const [, host, pid] = NAME.exec(name) ?? [];
  if (host === undefined) return false;
  if (host !== hostname()) return Date.now() - statSync(join(folder, name)).mtimeMs > SILENCE_MS;
  // A container's process has the same id in each life.
  return Number(pid) === process.pid ? !isOfThisProcess(name) : !isAlive(Number(pid));
}

function isOfThisProcess(name: string): boolean {
  const startedAt = Date.now() - process.uptime() * 1000;
  return Number(NAME.exec(name)?.[3]) >= Math.floor(startedAt);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
