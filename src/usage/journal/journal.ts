import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { SWITCHBOARD_SETTINGS, type SwitchboardSettings } from '../../core/config/index.js';
import type { LedgerRow } from '../ledger-row.js';
import { BegunCalls } from './begun-calls.js';
import { journalFolder } from './journal-folder.js';
import { JournalFile } from './journal-file.js';
import { toLine } from './journal-lines.js';
import { journalName, journalTime, type Leftovers, leftoverJournals } from './leftover-journals.js';

/** For which a call has to run before it is written down: most end sooner, and cost nothing. */
const NOTE_AFTER_MS = 10;
const TOUCH_MS = 15_000;

interface Files {
  /** Rows: one file is written to while the other is on its way into the database. */
  readonly rows: [active: JournalFile, resting: JournalFile];
  readonly calls: readonly JournalFile[];
}

/**
 * Rows of the ledger on disk from the moment they are taken until they are in the database, and calls from when they
 * begin until they end, so that a killed process loses neither: the next one replays them. Rows of one turn of the event
 * loop are written together. An in-memory database has no journal, and without a disk serving goes on.
 */
@Injectable()
export class Journal {
  private readonly logger = new Logger(Journal.name);
  private readonly folder: string | null;
  private readonly files: Files;
  private readonly begun: BegunCalls;
  private pending: string[] = [];
  private written: Promise<void> | undefined;
  private noting: NodeJS.Timeout | undefined;
  private touching: NodeJS.Timeout | undefined;
  private isBroken = false;

  constructor(@Inject(SWITCHBOARD_SETTINGS) settings: SwitchboardSettings) {
    this.folder = journalFolder(settings);
    const startedAt = journalTime();
    const file = (part: 'a' | 'b' | 'c' | 'd') =>
      new JournalFile(join(this.folder ?? '', journalName(startedAt, part)));
    const calls: [JournalFile, JournalFile] = [file('c'), file('d')];
    this.files = { rows: [file('a'), file('b')], calls };
    this.begun = new BegunCalls(calls);
  }

  /**
   * A call begins.
   * @param row what a crash would leave of it; a later one of the same id takes its place, `append` ends it
   */
  begin(row: LedgerRow): void {
    if (this.folder === null || !this.begun.begin(row)) return;
    this.noting ??= setTimeout(() => {
      this.noting = undefined;
      this.note();
    }, NOTE_AFTER_MS).unref();
  }

  /** A call that was begun under this id goes on under another. */
  dismiss(id: string): void {
    this.begun.end(id);
  }

  /** @param line the row as `toLine` makes it, where that is known already */
  append(row: LedgerRow, line = toLine(row)): void {
    if (this.folder === null) return;
    this.begun.end(row.id);
    this.pending.push(line);
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
    if (!this.files.rows[1].isDirty) this.files.rows.reverse();
  }

  /** The rows of the last turn are in the database. */
  release(): void {
    const [, resting] = this.files.rows;
    if (resting.isDirty) this.onDisk(() => resting.empty());
  }

  /** What processes that are no more left behind; call `forget` once it is in the database. */
  leftovers(): { readonly rows: readonly LedgerRow[]; readonly forget: () => void } {
    let found: Leftovers = { rows: [], paths: [], unreadable: 0 };
    try {
      if (this.folder !== null) found = leftoverJournals(this.folder);
    } catch (error) {
      this.logger.error(`Journals of processes before this one cannot be read: ${String(error)}`);
    }
    const { rows, paths, unreadable } = found;
    if (unreadable > 0) this.logger.error(`${unreadable} lines in journals of processes before this one are damaged`);
    return { rows, forget: () => this.onDisk(() => paths.forEach((path) => rmSync(path, { force: true }))) };
  }

  /** @param isEmpty whether everything reached the database, so that nothing has to be left behind */
  close(isEmpty: boolean): void {
    clearTimeout(this.noting);
    clearInterval(this.touching);
    this.write();
    this.note();
    const { rows, calls } = this.files;
    for (const file of rows) this.onDisk(() => (isEmpty ? file.remove() : file.close()));
    for (const file of calls) this.onDisk(() => (this.begun.size === 0 ? file.remove() : file.close()));
  }

  private write(): void {
    this.written = undefined;
    if (this.pending.length === 0) return;
    const lines = this.pending.join('');
    this.pending = [];
    this.onDisk(() => {
      this.open();
      this.files.rows[0].append(lines);
    });
  }

  private note(): void {
    if (this.begun.size === 0) return;
    this.onDisk(() => {
      this.open();
      this.begun.write();
    });
  }

  /** Serving goes on whatever the disk does: the rows are still in memory, and only a crash could lose them. */
  private onDisk(work: () => void): void {
    try {
      work();
      if (this.isBroken) this.logger.log('The journal can be written again');
      this.isBroken = false;
    } catch (error) {
      if (!this.isBroken) this.logger.error(`The journal cannot be written: ${String(error)}`);
      this.isBroken = true;
    }
  }

  private open(): void {
    if (this.touching !== undefined) return;
    mkdirSync(this.folder ?? '', { recursive: true, mode: 0o700 });
    this.touching = setInterval(() => this.touch(), TOUCH_MS).unref();
  }

  private touch(): void {
    this.onDisk(() => {
      const files = [...this.files.rows, ...this.files.calls];
      const removed = files.filter((file) => !file.touch());
      // Somebody took us for dead. What was in there is in the database, or will be.
      for (const file of removed) file.remove();
      if (removed.length > 0) this.begun.rewrite();
    });
  }
}
