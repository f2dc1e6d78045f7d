import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { SWITCHBOARD_SETTINGS, type SwitchboardSettings } from '../core/config/index.js';
import { leftoverJournals } from './journal-files.js';
import type { LedgerRow } from './ledger-row.js';

interface JournalFile {
  readonly path: string;
  readonly descriptor: number;
  isDirty: boolean;
}

/**
 * Rows of the ledger on disk from the moment they are taken until they are in the database, so that a killed process
 * loses none: the next one replays them. Two files take turns, one written to while the other is on its way into the
 * database. Rows of one turn of the event loop are written together. An in-memory database has no journal.
 */
@Injectable()
export class Journal {
  private readonly logger = new Logger(Journal.name);
  private readonly folder: string | null;
  private files: [active: JournalFile, resting: JournalFile] | undefined;
  private pending: LedgerRow[] = [];
  private written: Promise<void> | undefined;

  constructor(@Inject(SWITCHBOARD_SETTINGS) { database, dataDirectory }: SwitchboardSettings) {
    this.folder = database.kind === 'memory' ? null : join(dataDirectory, 'journal');
  }

  append(row: LedgerRow): void {
    if (this.folder === null) return;
    this.pending.push(row);
    this.written ??= new Promise((resolve) => {
      setImmediate(() => {
        this.write();
        resolve();
      });
    });
  }

  /** Resolves when every row appended so far would survive the process. */
  secured(): Promise<void> | undefined {
    return this.written;
  }

  /** The rows of now go into the database next; those to come go into the other file. */
  turn(): void {
    this.write();
    if (this.files?.[1].isDirty === false) this.files.reverse();
  }

  /** The rows of the last turn are in the database. */
  release(): void {
    const resting = this.files?.[1];
    if (resting?.isDirty !== true) return;
    ftruncateSync(resting.descriptor);
    resting.isDirty = false;
  }

  /** What processes that are no more left behind; call `forget` once it is in the database. */
  leftovers(): { readonly rows: LedgerRow[]; readonly forget: () => void } {
    const { rows, paths } = this.folder === null ? { rows: [], paths: [] } : leftoverJournals(this.folder);
    return { rows, forget: () => paths.forEach((path) => rmSync(path, { force: true })) };
  }

  /** @param isEmpty whether everything reached the database, so that nothing has to be left behind */
  close(isEmpty: boolean): void {
    this.write();
    for (const { descriptor, path } of this.files ?? []) {
      closeSync(descriptor);
      if (isEmpty) rmSync(path, { force: true });
    }
    this.files = undefined;
  }

  private write(): void {
    this.written = undefined;
    if (this.pending.length === 0) return;
    const rows = this.pending;
    this.pending = [];
    try {
      const [active] = (this.files ??= this.open());
      writeSync(active.descriptor, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
      active.isDirty = true;
    } catch (error) {
      // Serving goes on: the rows are still in memory, and only a crash could lose them.
      this.logger.error(`The journal cannot be written: ${String(error)}`);
    }
  }

  private open(): [JournalFile, JournalFile] {
    const folder = this.folder ?? '';
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const name = `${hostname()}~${process.pid}~${Date.now()}`;
    const make = (suffix: string): JournalFile => {
      const path = join(folder, `${name}~${suffix}.jsonl`);
      return { path, descriptor: openSync(path, 'a', 0o600), isDirty: false };
    };
    return [make('a'), make('b')];
  }
}
