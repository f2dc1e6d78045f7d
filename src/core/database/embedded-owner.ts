import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The embedded database has one owner at a time. The owner's process id lies in a lock file beside the data; a lock
 * whose process is gone is taken over.
 *
 * @returns a function that gives the ownership back.
 * @throws Error naming the process that holds it and the way out.
 */
export function takeOwnership(dataDirectory: string): () => void {
  const lock = join(dirname(dataDirectory), 'owner.pid');
  mkdirSync(dirname(dataDirectory), { recursive: true, mode: 0o700 });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx', mode: 0o600 });
      return () => rmSync(lock, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(readFileSync(lock, 'utf8'));
      if (holder !== process.pid && isAlive(holder))
        throw new Error(
          `The database in ${dirname(dataDirectory)} is in use by process ${holder}. ` +
            `Stop it, choose another DATA_DIR, or run the command against it with --url http://… --token …`,
          { cause: error },
        );
      rmSync(lock, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
