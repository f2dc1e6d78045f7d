/** Work that is done at once and then again and again, until it is stopped. */
export class RecurringWork {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  /** @param failed hears why a turn failed; the next one comes all the same */
  constructor(
    private readonly work: () => Promise<void>,
    private readonly failed: (error: unknown) => void,
  ) {}

  start(everyMs: number): void {
    this.run();
    this.timer = setInterval(() => this.run(), everyMs).unref();
  }

  /** Resolves when the turn that runs is over. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private run(): void {
    this.running = this.work().catch(this.failed);
  }
}
