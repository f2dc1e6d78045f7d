import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { newId } from '../core/database/index.js';
import { FolderStore } from './folder.store.js';

let base: string;
let folder: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'switchboard-media-'));
  folder = join(base, 'media');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const key = () => `${newId()}.png`;

async function read(store: FolderStore, name: string, range?: { start: number; end: number }): Promise<string | null> {
  const stream = await store.get(name, range);
  return stream && (await buffer(stream)).toString();
}

async function* endless(seen: { stopped: boolean }) {
  try {
    for (;;) yield Buffer.alloc(1_000);
  } finally {
    seen.stopped = true;
  }
}

describe('the media folder', () => {
  it('gives back what was put, whole and in part, and forgets what was deleted', async () => {
    const store = await FolderStore.open(folder);
    const name = key();
    expect(await store.put(name, Buffer.from('hello world'))).toBe(11);
    expect(await read(store, name)).toBe('hello world');
    expect(await read(store, name, { start: 6, end: 8 })).toBe('wor');
    expect(await store.has(name)).toBe(true);
    await store.delete(name);
    await store.delete(name);
    expect([await read(store, name), await store.has(name)]).toEqual([null, false]);
  });

  it('lists its files and nothing else', async () => {
    const store = await FolderStore.open(folder);
    const names = [key(), key(), key()].sort();
    for (const name of names) await store.put(name, Buffer.from('x'));
    writeFileSync(join(folder, 'stray.txt'), 'x');
    const found = [];
    for await (const file of store.list()) found.push(file);
    expect(found.map((file) => file.key).sort()).toEqual(names);
    expect(found[0]?.modifiedAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  it('A75 stops an endless source at the cap, keeps nothing, and tells the source', async () => {
    const store = await FolderStore.open(folder, 10_000);
    const seen = { stopped: false };
    const name = key();
    await expect(store.put(name, endless(seen))).rejects.toMatchObject({ code: 'upstream_bad_response' });
    expect(seen.stopped).toBe(true);
    expect(await store.has(name)).toBe(false);
    expect(readdirSync(join(folder, 'incoming'))).toEqual([]);
  });

  it('keeps nothing of a source that fails half-way', async () => {
    const store = await FolderStore.open(folder);
    const name = key();
    async function* failing() {
      yield Buffer.from('half');
      throw new Error('connection lost');
    }
    await expect(store.put(name, failing())).rejects.toMatchObject({ code: 'service_unavailable' });
    expect(await store.has(name)).toBe(false);
    expect(readdirSync(join(folder, 'incoming'))).toEqual([]);
  });

  it.each([
    '../secret.txt',
    '..\\secret.txt',
    '/etc/passwd',
    '%2e%2e%2fsecret.txt',
    'con',
    '',
    'a\0.png',
    'x'.repeat(4_096),
    `../${newId()}.png`,
    `${newId()}.png/../../secret`,
    `${newId()}.png\n`,
  ])('A70 knows no file called %j', async (name) => {
    const store = await FolderStore.open(folder);
    writeFileSync(join(base, 'secret.txt'), 'secret');
    expect([await store.get(name), await store.has(name)]).toEqual([null, false]);
    await expect(store.put(name, Buffer.from('x'))).rejects.toThrow();
    await store.delete(name);
    expect(existsSync(join(base, 'secret.txt'))).toBe(true);
  });

  it('A70 follows no link inside the folder, neither file nor folder', async () => {
    const store = await FolderStore.open(folder);
    const secret = join(base, 'secret.txt');
    writeFileSync(secret, 'secret');
    const linked = `${newId().slice(0, 34)}ee.png`;
    mkdirSync(join(folder, linked.slice(34, 36)), { recursive: true });
    symlinkSync(secret, join(folder, linked.slice(34, 36), linked));
    expect([await store.get(linked), await store.has(linked)]).toEqual([null, false]);

    const outside = join(base, 'outside');
    mkdirSync(outside);
    const inLinkedShard = `${newId().slice(0, 34)}ff.png`;
    symlinkSync(outside, join(folder, inLinkedShard.slice(34, 36)));
    await expect(store.put(inLinkedShard, Buffer.from('x'))).rejects.toMatchObject({ code: 'service_unavailable' });
    expect(readdirSync(outside)).toEqual([]);
    const found = [];
    for await (const file of store.list()) found.push(file.key);
    expect(found).toEqual([]);
  });

  it('removes at its next start what a crash left unfinished, but no upload that still runs', async () => {
    await FolderStore.open(folder);
    const [old, young] = [join(folder, 'incoming', 'old.part'), join(folder, 'incoming', 'young.part')];
    writeFileSync(old, 'x');
    writeFileSync(young, 'x');
    utimesSync(old, new Date(0), new Date(0));
    await FolderStore.open(folder);
    expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
  });

  it('F35 says that the store is unusable when the folder is gone, and works again when it is back', async () => {
    const store = await FolderStore.open(folder);
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'a file');
    await expect(store.put(key(), Buffer.from('x'))).rejects.toMatchObject({ code: 'service_unavailable' });
    rmSync(folder);
    mkdirSync(folder);
    const name = key();
    await store.put(name, Buffer.from('back'));
    expect(await read(store, name)).toBe('back');
  });
});
