/**
 * An immutable picture of something in the database, kept in memory so that serving needs no query. `refresh` always
 * starts a load after the moment it is called, so a writer that awaits it after its commit finds its own write;
 * calls that come while a load waits share that one.
 */
export class Snapshot<T> {
  private value: T | undefined;
  private running: Promise<void> | undefined;
  private queued: Promise<void> | undefined;

  constructor(private readonly load: () => Promise<T>) {}

  /** @throws Error when nothing was loaded yet. */
  get current(): T {
    if (this.value === undefined) throw new Error('Snapshot read before its first load');
    return this.value;
  }

  get isLoaded(): boolean {
    return this.value !== undefined;
  }

  refresh(): Promise<void> {
    if (this.queued) return this.queued;
    if (!this.running) return this.start();
    this.queued = this.running
      .catch(() => undefined)
      .then(() => {
        this.queued = undefined;
        return this.start();
      });
    return this.queued;
  }

  private start(): Promise<void> {
    this.running = this.load()
      .then((value) => {
        this.value = value;
      })
      .finally(() => {
        this.running = undefined;
      });
    return this.running;
  }
}
