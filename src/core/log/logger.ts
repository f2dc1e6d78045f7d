import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';
import { LineBuffer } from './line-buffer.js';

/** Fields that never reach a log, wherever they stand. */
const SECRET_FIELDS = ['authorization', 'cookie', 'api_key', 'apiKey', 'password', 'token', 'secret', '["x-api-key"]'];

/** Nest's logger over pino: one JSON line per event, buffered, secrets taken out, long texts cut. */
export function createLogger(level: string): LoggerService {
  // Before the destination's own last words, which write what it was given.
  process.once('exit', () => lines.flush());
  // Lines wait for the writing of those before, never the answers for the lines; pino writes the rest at exit.
  const lines = new LineBuffer(pino.destination({ dest: 1, sync: false, maxLength: MAX_WAITING_BYTES }));
  setInterval(() => lines.flush(), FLUSH_MS).unref();
  const options = {
    level,
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    base: null,
  };
  const redact = {
    paths: SECRET_FIELDS.flatMap((name) => [at('', name), at('*', name), at('*.*', name)]),
    censor: '[redacted]',
  };
  const logger = pino({ ...options, redact }, lines);
  // The line of each request has nothing but known fields; looking for secrets in it would cost more than the rest.
  const requests = pino(options, lines);
  return {
    log: (message, ...rest) =>
      rest.at(-1) === 'http'
        ? requests.info(message)
        : write(logger, BOOT_CHATTER.has(rest.at(-1)) ? 'debug' : 'info', message, rest),
    error: (message, ...rest) => write(logger, 'error', message, rest),
    warn: (message, ...rest) => write(logger, 'warn', message, rest),
    debug: (message, ...rest) => write(logger, 'debug', message, rest),
    verbose: (message, ...rest) => write(logger, 'trace', message, rest),
    fatal: (message, ...rest) => write(logger, 'fatal', message, rest),
  };
}

const MAX_TEXT = 4_000;
/** Lines wait so long at most. */
const FLUSH_MS = 200;
/** Lines beyond are dropped while nobody reads the log. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;
/** What Nest tells about its own boot, line by line. */
const BOOT_CHATTER: ReadonlySet<unknown> = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);

function at(prefix: string, name: string): string {
  if (prefix === '') return name.startsWith('[') ? name : name;
  return name.startsWith('[') ? `${prefix}${name}` : `${prefix}.${name}`;
}

/** Nest calls with (message, …extras, context); we log an object with a message. */
function write(
  logger: Logger,
  level: 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal',
  message: unknown,
  rest: unknown[],
): void {
  const context = typeof rest.at(-1) === 'string' ? (rest.at(-1) as string) : undefined;
  // Boot errors are told once, in a line of their own, by whoever boots.
  if (context === 'ExceptionHandler' || String(message).includes('EADDRINUSE')) return;
  if (typeof message === 'object' && message !== null) {
    const text = typeof rest[0] === 'string' && rest.length > 1 ? rest[0] : undefined;
    logger[level]({ context, ...message }, text === undefined ? undefined : cut(text));
    return;
  }
  logger[level]({ context }, cut(String(message)));
}

const cut = (text: string) => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);
