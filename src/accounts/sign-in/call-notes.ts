import { AsyncLocalStorage } from 'node:async_hooks';

/** What became known while better-auth worked on one request. */
export interface Notes {
  /** The database failed, whatever better-auth made of it. */
  outage?: unknown;
  /** The password hash by which a person proved who she is, by her id. */
  readonly passwords: Map<string, string | null>;
  /** The session with which the request came, if it proved anything. */
  sessionId?: string;
}

/** Notes per call of better-auth, which has no place for them in its own interfaces. */
export class CallNotes {
  private readonly storage = new AsyncLocalStorage<Notes>();

  /** The notes of the call that runs; undefined outside of one. */
  get current(): Notes | undefined {
    return this.storage.getStore();
  }

  /** Runs `work` with notes of its own. */
  async take<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly notes: Notes }> {
    const notes: Notes = { passwords: new Map() };
    return { result: await this.storage.run(notes, work), notes };
  }
}
