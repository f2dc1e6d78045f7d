import type { INestApplication } from '@nestjs/common';

/** Twins of a signal within this time are one signal: npm forwards what the process group got already. */
const TWIN_MS = 500;

/**
 * Ends the application on SIGTERM and SIGINT: running requests finish, pools close last, exit code 0. A second signal,
 * or the end of the patience, ends at once.
 */
export function endOnSignal(app: INestApplication, drainMs: number): void {
  let since: number | undefined;
  const end = (signal: NodeJS.Signals) => {
    const now = performance.now();
    if (since !== undefined) {
      if (now - since > TWIN_MS) process.exit(signal === 'SIGINT' ? 130 : 143);
      return;
    }
    since = now;
    setTimeout(() => process.exit(1), drainMs + 10_000).unref();
    app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}
