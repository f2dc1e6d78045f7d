import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplication, LoggerService } from '@nestjs/common';
import { RunningCalls } from './core/shutdown/index.js';

/** Twins of a signal within this time are one signal: npm forwards what the process group got already. */
const TWIN_MS = 500;
/** Time in which load balancers find readiness gone while they are still answered. */
const NOTICE_MS = 1_000;
/** Time for last words, the ledger and the pools after the calls were drained. */
const CLOSING_MS = 15_000;

/**
 * Ends the application on SIGTERM and SIGINT: readiness goes first, running calls finish or are told to end, the ledger
 * is written, pools close last, exit code 0. A second signal, or the end of the patience, ends at once. What nobody
 * caught ends the application the same way, with exit code 1.
 */
export function endOnSignal(app: INestApplication, drainMs: number, logger: LoggerService): void {
  let since: number | undefined;
  const end = (exitCode: number, isTerminal = false) => {
    since = performance.now();
    const running = app.get(RunningCalls, { strict: false });
    running.beginDraining();
    if (running.size > 0) logger.log(`Shutting down: waiting for ${running.size} running calls`, 'Switchboard');
    setTimeout(() => {
      logger.error('Shutting down took too long', 'Switchboard');
      process.exit(1);
    }, drainMs + CLOSING_MS).unref();
    // A terminal has no load balancer to tell.
    sleep(isTerminal ? 0 : Math.min(NOTICE_MS, drainMs))
      .then(() => app.close())
      .then(
        () => process.exit(exitCode),
        (error: unknown) => {
          logger.error(`Shutting down failed: ${String(error)}`, 'Switchboard');
          process.exit(1);
        },
      );
  };
  const onSignal = (signal: NodeJS.Signals) => {
    if (since === undefined) return end(0, signal === 'SIGINT');
    if (performance.now() - since > TWIN_MS) process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  const onUncaught = (error: unknown) => {
    logger.fatal?.(
      { err: error instanceof Error ? (error.stack ?? error.message) : String(error) },
      'Nobody caught this',
      'Switchboard',
    );
    if (since === undefined) end(1);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  process.on('uncaughtException', onUncaught);
  process.on('unhandledRejection', onUncaught);
}

/** Whoever read our output may go away: the server goes on without. */
export function surviveClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
}
