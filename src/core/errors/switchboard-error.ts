import { ERROR_TABLE, type ErrorCode, type RetryDisposition } from './error-table.js';

/** One offending input field and what to do about it. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

export interface SwitchboardErrorOptions {
  /** Offending fields, if the caller can mend the request. */
  readonly errors?: readonly FieldError[];
  /** Seconds after which repeating may help; sent as `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** What really happened, for the log; never shown to callers. */
  readonly cause?: unknown;
  /** Overrides the table, for failures known to be final (`insufficient_quota`) or known to be safe to repeat. */
  readonly retry?: RetryDisposition;
}

/**
 * The one error class for what callers can meet. `message` becomes the problem's `detail`: it names what is wrong and
 * how to mend it, and never holds a secret or a stack.
 */
export class SwitchboardError extends Error {
  readonly code: ErrorCode;
  readonly errors: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;
  readonly retry: RetryDisposition;

  constructor(code: ErrorCode, detail: string, options: SwitchboardErrorOptions = {}) {
    super(detail, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'SwitchboardError';
    this.code = code;
    this.errors = options.errors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.retry = options.retry ?? ERROR_TABLE[code].retry;
  }

  get status(): number {
    return ERROR_TABLE[this.code].status;
  }
}

/** 400 for one bad field: `field` names it, `message` says what it takes. */
export function invalidField(field: string, message: string): SwitchboardError {
  return new SwitchboardError('validation_failed', `${field}: ${message}`, { errors: [{ field, message }] });
}
