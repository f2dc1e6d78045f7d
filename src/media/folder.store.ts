import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { newId } from '../core/database/index.js';
import {
  type ByteRange,
  capped,
  isStorageKey,
  MAX_MEDIA_BYTES,
  type MediaContent,
  type MediaStore,
  type StoredFile,
  storeFailure,
} from './media-store.js';

const INCOMING = 'incoming';
/** Milliseconds after which an unfinished upload is taken for one that a crash left. */
const ABANDONED_AFTER = 3_600_000;

/**
 * Media in a folder: written to a temporary file, synced, then renamed, so that no reader ever sees half a file. Links
 * inside the folder are not followed.
 */
export class FolderStore implements MediaStore {
  private constructor(
    private readonly root: string,
    private readonly maxBytes: number,
  ) {}

  /** Makes the folder where it is missing and removes what unfinished uploads left. */
  static async open(folder: string, maxBytes: number = MAX_MEDIA_BYTES): Promise<FolderStore> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const store = new FolderStore(await realpath(folder), maxBytes);
    const incoming = await store.ownFolder(INCOMING);
    for (const name of await readdir(incoming)) {
      const file = join(incoming, name);
      if (Date.now() - (await lstat(file)).mtimeMs > ABANDONED_AFTER) await rm(file, { force: true });
    }
    return store;
  }

  async put(key: string, content: MediaContent): Promise<number> {
    if (!isStorageKey(key)) throw new Error('Not a storage key.');
    let temporary: string | undefined;
    try {
      temporary = join(await this.ownFolder(INCOMING), `${newId()}.part`);
      const bytes = await writeNew(temporary, capped(content, this.maxBytes));
      await rename(temporary, join(await this.ownFolder(shardOf(key)), key));
      return bytes;
    } catch (error) {
      if (temporary !== undefined) await rm(temporary, { force: true }).catch(() => undefined);
      throw storeFailure(error);
    }
  }

  async get(key: string, range?: ByteRange): Promise<Readable | null> {
    if (!isStorageKey(key)) return null;
    try {
      const file = join(await this.checked(shardOf(key)), key);
      const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
      return handle.createReadStream(range && { start: range.start, end: range.end });
    } catch (error) {
      if (isMissing(error)) return null;
      throw storeFailure(error);
    }
  }

  async has(key: string): Promise<boolean> {
    if (!isStorageKey(key)) return false;
    try {
      return (await lstat(join(this.root, shardOf(key), key))).isFile();
    } catch (error) {
      if (isMissing(error)) return false;
      throw storeFailure(error);
    }
  }

  async delete(key: string): Promise<void> {
    if (!(await this.has(key))) return;
    try {
      await rm(join(await this.checked(shardOf(key)), key), { force: true });
    } catch (error) {
      throw storeFailure(error);
    }
  }

  async *list(): AsyncGenerator<StoredFile> {
    for (const shard of await readdir(this.root, { withFileTypes: true })) {
      if (!shard.isDirectory() || shard.name === INCOMING) continue;
      for (const entry of await readdir(join(this.root, shard.name), { withFileTypes: true })) {
        if (!entry.isFile() || !isStorageKey(entry.name) || shardOf(entry.name) !== shard.name) continue;
        const facts = await stat(join(this.root, shard.name, entry.name)).catch(() => null);
        if (facts) yield { key: entry.name, modifiedAt: facts.mtime };
      }
    }
  }

  /** A folder directly below the root, made when missing. */
  private async ownFolder(name: string): Promise<string> {
    await mkdir(join(this.root, name), { mode: 0o700 }).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
    return this.checked(name);
  }

  /** The path of a folder below the root that is no link to somewhere else. */
  private async checked(name: string): Promise<string> {
    const folder = join(this.root, name);
    if (!(await lstat(folder)).isDirectory()) throw new Error(`${name} in the media folder is not a folder.`);
    return folder;
  }
}

/** 256 folders, by the end of the UUID: its beginning is the time. */
function shardOf(key: string): string {
  return key.slice(34, 36);
}

async function writeNew(file: string, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  const handle = await open(file, 'wx', 0o600);
  try {
    let bytes = 0;
    for await (const piece of pieces) {
      await handle.appendFile(piece);
      bytes += piece.byteLength;
    }
    await handle.sync();
    return bytes;
  } finally {
    await handle.close();
  }
}

/** ELOOP is a link where a file should be: to us there is nothing. */
function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ELOOP', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}
