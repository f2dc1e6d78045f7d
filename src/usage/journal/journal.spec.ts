import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { SwitchboardSettings } from '../../core/config/index.js';
import { quickId } from '../../core/id/index.js';
import { INTERRUPTED, type LedgerRow, NO_USAGE } from '../ledger-row.js';
import { BegunCalls } from './begun-calls.js';
import { Journal } from './journal.js';
import { journalFolder } from './journal-folder.js';
import { JournalFile } from './journal-file.js';
import { readLines, toLine } from './journal-lines.js';
import { leftoverJournals } from './leftover-journals.js';

const rowOf = (id: string = quickId(), more: Partial<LedgerRow> = {}): LedgerRow => ({
  id,
  requestId: `request-${id}`,
  admin: 'someone',
  token: null,
  capability: 'chat',
  provider: 'lab',
  modelId: 'priced',
  selectionId: null,
  status: 'ok',
  errorCode: null,
  stream: false,
  usage: { ...NO_USAGE, promptTokens: 3 },
  usageSource: 'provider',
  costUsd: '0.00042',
  priceSource: 'catalog',
  latencyMs: 12,
  firstTokenMs: null,
  createdAt: new Date('2026-02-03T04:05:06.789Z'),
  counts: true,
  ...more,
});
const begunOf = (row: LedgerRow): LedgerRow => ({ ...row, status: 'aborted', errorCode: INTERRUPTED });
const text = (...rows: LedgerRow[]) => rows.map(toLine).join('');
const idsOf = (rows: readonly LedgerRow[]) => rows.map(({ id }) => id);
/** The number of a process that is no more. */
const DEAD = spawnSync(process.execPath, ['-e', '']).pid;

describe('the journal', () => {
  let data: string;
  let folder: string;
  let journal: Journal;
  const settings = (kind: 'embedded' | 'memory' = 'embedded') =>
    ({ database: { kind }, schema: 'switchboard', dataDirectory: data }) as unknown as SwitchboardSettings;
  const open = (kind?: 'embedded' | 'memory') => new Journal(settings(kind));
  const names = () => (existsSync(folder) ? readdirSync(folder).sort() : []);
  const read = (part: string) => {
    const name = names().find((each) => each.endsWith(`~${part}.jsonl`));
    return name === undefined ? [] : readLines(readFileSync(join(folder, name), 'utf8')).rows;
  };
  const errors = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  jest.spyOn(Logger.prototype, 'log').mockImplementation(() => undefined);

  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'switchboard-journal-'));
    folder = journalFolder(settings()) ?? '';
    journal = open();
    errors.mockClear();
  });
  afterEach(() => {
    journal.close(true);
    rmSync(data, { recursive: true, force: true });
  });

  it('holds a row from when it is secured, to the last field', async () => {
    const row = rowOf();
    journal.append(row);
    await journal.secured();
    expect(read('a')).toEqual([row]);
  });

  it('writes the rows of one turn together and touches no disk before the first', async () => {
    expect(existsSync(folder)).toBe(false);
    const rows = [rowOf(), rowOf(), rowOf()];
    for (const row of rows) journal.append(row);
    expect(names()).toEqual([]);
    await journal.secured();
    expect(idsOf(read('a'))).toEqual(idsOf(rows));
  });

  it('turns to the other file, and empties the first when its rows are in the database', async () => {
    const [one, two, three] = [rowOf(), rowOf(), rowOf()];
    journal.append(one);
    journal.turn();
    journal.append(two);
    await journal.secured();
    expect([idsOf(read('a')), idsOf(read('b'))]).toEqual([[one.id], [two.id]]);
    journal.release();
    expect([idsOf(read('a')), idsOf(read('b'))]).toEqual([[], [two.id]]);
    journal.turn();
    journal.append(three);
    await journal.secured();
    expect([idsOf(read('a')), idsOf(read('b'))]).toEqual([[three.id], [two.id]]);
  });

  it('keeps every row while the database is away, however often it is tried', async () => {
    const rows = Array.from({ length: 6 }, () => rowOf());
    for (const row of rows) {
      journal.append(row);
      await journal.secured();
      journal.turn();
    }
    expect(idsOf([...read('a'), ...read('b')]).sort()).toEqual(idsOf(rows).sort());
  });

  it('leaves its files behind only when something in them did not reach the database', async () => {
    journal.append(rowOf());
    journal.close(false);
    expect(names()).toHaveLength(1);
    journal = open();
    journal.append(rowOf());
    await journal.secured();
    journal.turn();
    journal.release();
    journal.close(true);
    expect(names()).toHaveLength(1);
  });

  it('is none where the database is in memory', async () => {
    journal = open('memory');
    journal.append(rowOf());
    journal.begin(rowOf());
    await journal.secured();
    journal.turn();
    journal.release();
    journal.close(true);
    expect(existsSync(folder)).toBe(false);
    expect(journal.leftovers().rows).toEqual([]);
  });

  it('of one database is none of another, whatever the password is today', () => {
    const at = (url: string, schema = 'switchboard') =>
      journalFolder({ database: { kind: 'postgresql', url }, schema, dataDirectory: data });
    const own = at('postgresql://me:old@db.test:5432/one');
    expect(at('postgresql://me:new@db.test:5432/one')).toBe(own);
    const others = [
      at('postgresql://me:old@db.test:5432/two'),
      at('postgresql://me:old@db.test:5433/one'),
      at('postgresql://me:old@db.test:5432/one', 'other'),
      journalFolder(settings()),
    ];
    expect(new Set([own, ...others]).size).toBe(5);
    expect(journalFolder(settings('memory'))).toBeNull();
  });

  it('goes on without a disk, says so once, and says when there is one again', async () => {
    writeFileSync(join(data, 'journal'), 'in the way');
    for (let turn = 0; turn < 3; turn += 1) {
      journal.append(rowOf());
      await journal.secured();
      journal.turn();
      journal.release();
    }
    expect(errors).toHaveBeenCalledTimes(1);
    expect(journal.leftovers().rows).toEqual([]);
    rmSync(join(data, 'journal'));
    const row = rowOf();
    journal.append(row);
    await journal.secured();
    expect(idsOf([...read('a'), ...read('b')])).toEqual([row.id]);
  });

  it('finds nothing of its own, and nothing of a process beside it that lives', async () => {
    journal.append(rowOf());
    await journal.secured();
    writeFileSync(join(folder, `${hostname()}~${process.ppid}~1~a.jsonl`), text(rowOf()));
    writeFileSync(join(folder, 'notes.txt'), 'not a journal');
    expect(journal.leftovers().rows).toEqual([]);
    expect(names()).toHaveLength(3);
  });

  describe('of a process that is no more', () => {
    const leave = (part: string, content: string, who = `${hostname()}~${DEAD}`) => {
      mkdirSync(folder, { recursive: true });
      const path = join(folder, `${who}~1000~${part}.jsonl`);
      writeFileSync(path, content);
      return path;
    };

    it('is found, and forgotten when it is in the database', () => {
      const rows = [rowOf(), rowOf()];
      leave('a', text(rows[0] as LedgerRow));
      leave('b', text(rows[1] as LedgerRow));
      const found = journal.leftovers();
      expect(found.rows).toEqual(rows);
      expect(names()).toHaveLength(2);
      found.forget();
      expect(names()).toEqual([]);
    });

    it('is found by every process that looks, whoever forgets it first', () => {
      leave('a', text(rowOf()));
      const [one, other] = [journal.leftovers(), open().leftovers()];
      expect(idsOf(one.rows)).toEqual(idsOf(other.rows));
      one.forget();
      other.forget();
      expect(errors).not.toHaveBeenCalled();
    });

    it('holds a row once, though it was written twice', () => {
      const row = rowOf();
      leave('a', text(row, row));
      leave('b', text(row));
      expect(journal.leftovers().rows).toEqual([row]);
    });

    it('ends with a line that was cut off: its answer never went out', () => {
      const [whole, torn] = [rowOf(), rowOf()];
      for (const length of [1, 20, toLine(torn).length - 1]) {
        leave('a', text(whole) + toLine(torn).slice(0, length));
        expect(idsOf(journal.leftovers().rows)).toEqual([whole.id]);
      }
      expect(errors).not.toHaveBeenCalled();
    });

    it('may hold damaged lines, which are told of and hold up nothing', () => {
      const row = rowOf();
      const damaged = [
        'null',
        '7',
        '"x"',
        '[]',
        '{}',
        '{"id":"x"}',
        '\0\0\0',
        JSON.stringify({ ...row, createdAt: 'x' }),
      ];
      leave('a', `${damaged.join('\n')}\n${text(row)}`);
      expect(journal.leftovers().rows).toEqual([row]);
      expect(String(errors.mock.calls[0]?.[0])).toContain(`${damaged.length} lines`);
    });

    it('tells of calls that had begun, unless they ended in another of its files', () => {
      const [ended, cut, moved] = [rowOf(), rowOf(), rowOf()];
      const begun = [ended, cut, moved].map(begunOf);
      leave('a', text(ended));
      leave('c', text(...begun, begunOf({ ...moved, provider: 'stand-in' })));
      const { rows } = journal.leftovers();
      expect(rows.map(({ id, status, provider }) => [id, status, provider])).toEqual([
        [ended.id, 'ok', 'lab'],
        [cut.id, 'aborted', 'lab'],
        [moved.id, 'aborted', 'stand-in'],
      ]);
    });

    it('had the number of this one, in a life before', () => {
      const row = rowOf();
      leave('a', text(row), `${hostname()}~${process.pid}`);
      expect(idsOf(journal.leftovers().rows)).toEqual([row.id]);
    });

    it('is known by its silence where another process got its number, or where it ran on another host', () => {
      const rows = [rowOf(), rowOf()];
      const paths = [
        leave('a', text(rows[0] as LedgerRow), `${hostname()}~${process.ppid}`),
        leave('b', text(rows[1] as LedgerRow), 'another-host~17'),
      ];
      expect(journal.leftovers().rows).toEqual([]);
      const longAgo = new Date(Date.now() - 120_000);
      for (const path of paths) utimesSync(path, longAgo, longAgo);
      expect(idsOf(journal.leftovers().rows)).toEqual(idsOf(rows));
    });

    it('in a folder that cannot be read is told of, and keeps nobody from starting', () => {
      leave('a', text(rowOf()));
      mkdirSync(join(folder, `${hostname()}~${DEAD}~1000~b.jsonl`));
      const { rows, forget } = journal.leftovers();
      expect(rows).toEqual([]);
      forget();
      expect(names()).toHaveLength(2);
      expect(errors).toHaveBeenCalledTimes(1);
    });
  });

  describe('of calls that have begun', () => {
    const noted = async (count: number) => {
      for (let tries = 0; read('c').length < count && tries < 500; tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 10));
      return read('c');
    };

    it('holds those that run for longer than a moment, and none that ended before', async () => {
      const [short, long] = [rowOf(), rowOf()];
      journal.begin(begunOf(short));
      journal.begin(begunOf(long));
      journal.append(short);
      expect(await noted(1)).toEqual([begunOf(long)]);
    });

    it('forgets one that goes on under another id', async () => {
      const [gone, kept] = [rowOf(), rowOf()];
      journal.begin(gone);
      journal.begin(kept);
      journal.dismiss(gone.id);
      expect(idsOf(await noted(1))).toEqual([kept.id]);
    });

    it('is left behind by a process that ends while they run', () => {
      const row = begunOf(rowOf());
      journal.begin(row);
      journal.close(true);
      expect(read('c')).toEqual([row]);
    });
  });
});

describe('a file of a journal', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'switchboard-journal-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  (existsSync('/dev/full') ? it : it.skip)(
    'tells of a full disk, and its next line stands on a line of its own',
    () => {
      const full = new JournalFile('/dev/full');
      expect(() => full.append(toLine(rowOf()))).toThrow(/ENOSPC/);
      full.close();
      const row = rowOf();
      const file = new JournalFile(join(folder, 'x'));
      file.append(text(rowOf()));
      // What a full disk leaves: a part of a line, and the mark that it is one.
      appendFileSync(file.path, toLine(rowOf()).slice(0, 30));
      Object.assign(file, { isTorn: true });
      file.append(text(row));
      const { rows, unreadable } = readLines(readFileSync(file.path, 'utf8'));
      expect([rows.at(-1)?.id, rows.length, unreadable]).toEqual([row.id, 2, 1]);
      file.remove();
    },
  );

  it('notices that somebody took it away', () => {
    const file = new JournalFile(join(folder, 'x'));
    expect(file.touch()).toBe(true);
    file.append('{}\n');
    expect(file.touch()).toBe(true);
    rmSync(file.path);
    expect(file.touch()).toBe(false);
    file.remove();
  });

  it('of begun calls stays small, however many calls begin and end beside a long one', () => {
    const files: [JournalFile, JournalFile] = [new JournalFile(join(folder, 'c')), new JournalFile(join(folder, 'd'))];
    const begun = new BegunCalls(files);
    const long = begunOf(rowOf());
    begun.begin(long);
    for (let index = 0; index < 5_000; index += 1) {
      const short = begunOf(rowOf());
      begun.begin(short);
      begun.write();
      begun.end(short.id);
    }
    const lines = files.flatMap(({ path }) => (existsSync(path) ? readLines(readFileSync(path, 'utf8')).rows : []));
    expect(lines.length).toBeLessThan(1_100);
    expect(idsOf(lines)).toContain(long.id);
    expect(begun.size).toBe(1);
    for (const file of files) file.remove();
  });

  it('cannot be read as a folder that is none', () => {
    writeFileSync(join(folder, 'journal'), '');
    expect(() => leftoverJournals(join(folder, 'journal'))).toThrow();
  });
});
