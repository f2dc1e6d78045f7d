import { closeSync, fstatSync, ftruncateSync, futimesSync, openSync, rmSync, writeSync } from 'node:fs';

/** One file of lines, written to by one process. Opened with the first line. */
export class JournalFile {
  private descriptor: number | undefined;
  private isTorn = false;
  /** Whether it holds anything. */
  isDirty = false;

  constructor(readonly path: string) {}

  /** @param lines each with its line feed. @throws the file system's error; then a part may have been written */
  append(lines: string): void {
    this.descriptor ??= openSync(this.path, 'a', 0o600);
    this.isDirty = true;
    // What a full disk cut off must not spoil the line after it.
    const bytes = Buffer.from(this.isTorn ? `\n${lines}` : lines);
    this.isTorn = true;
    for (let at = 0; at < bytes.length;) at += writeSync(this.descriptor, bytes, at);
    this.isTorn = false;
  }

  /** Forgets what it holds. */
  empty(): void {
    if (this.descriptor !== undefined) ftruncateSync(this.descriptor);
    this.isDirty = false;
    this.isTorn = false;
  }

  /** Tells others that its writer lives. Answers false when somebody has removed the file. */
  touch(): boolean {
    if (this.descriptor === undefined) return true;
    const now = new Date();
    futimesSync(this.descriptor, now, now);
    return fstatSync(this.descriptor).nlink > 0;
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }

  remove(): void {
    this.close();
    rmSync(this.path, { force: true });
    this.isDirty = false;
  }
}
