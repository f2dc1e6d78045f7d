import { types } from 'node:util';

/** SQLSTATE classes and codes that mean "not now": connection lost, shutting down, too many, read-only, cancelled. */
const OUTAGE_STATE = /^(?:08...|53...|57P0[1-5]|57014|25006|55P03)$/;
/** What sockets and the pool say before a SQLSTATE could be sent. */
const OUTAGE_CODE = /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
const OUTAGE_TEXT =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout|the database system is|cannot acquire a connection)/i;

/** Deadlock found and serialization failure: the transaction was rolled back, and repeating it may succeed. */
const REPEATABLE_STATE = /^(?:40P01|40001)$/;

/** Whether a thrown thing says that the database cannot serve now, as opposed to that we asked for nonsense. */
export function isDatabaseOutage(thrown: unknown): boolean {
  return chainOf(thrown).some(({ name, code, message }) => {
    if (name === 'SwitchboardError') return false;
    if (code !== undefined) return OUTAGE_STATE.test(code) || OUTAGE_CODE.test(code);
    return OUTAGE_TEXT.test(message);
  });
}

/** Whether a transaction lost a race that repeating it may win. */
export function isRepeatableConflict(thrown: unknown): boolean {
  return chainOf(thrown).some(({ code }) => code !== undefined && REPEATABLE_STATE.test(code));
}

interface Link {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
}

/** The error and what caused it; drivers and ORMs wrap. */
function chainOf(thrown: unknown): Link[] {
  const links: Link[] = [];
  // Errors of Node's own sockets may come from another realm than ours: `instanceof` would not know them.
  for (let error = thrown; types.isNativeError(error) && links.length < 8; error = causeOf(error)) {
    const { code } = error as { code?: unknown };
    links.push({ name: error.name, message: error.message, code: typeof code === 'string' ? code : undefined });
  }
  return links;
}

function causeOf(error: Error): unknown {
  if (error.cause !== undefined) return error.cause;
  if (error instanceof AggregateError) return error.errors[0];
  return (error as { previous?: unknown }).previous;
}
