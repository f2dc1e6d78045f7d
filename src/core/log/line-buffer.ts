/** What takes the lines in the end; pino's own destination. */
interface Destination {
  write(text: string): unknown;
  flushSync(): void;
}

/** Lines are written together when there are so many characters of them. */
const HELD = 16_000;

/**
 * Holds log lines until enough of them are there, or `flush` is called. The destination could do so itself, but would
 * copy all that it holds for each line, to count its bytes.
 */
export class LineBuffer implements Destination {
  private held = '';

  constructor(private readonly destination: Destination) {}

  write(line: string): void {
    this.held += line;
    if (this.held.length >= HELD) this.flush();
  }

  flush(): void {
    if (this.held === '') return;
    const text = this.held;
    this.held = '';
    this.destination.write(text);
  }

  /** For the last words of the process. */
  flushSync(): void {
    this.flush();
    this.destination.flushSync();
  }
}
