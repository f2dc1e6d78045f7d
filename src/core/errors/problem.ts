import { HttpException } from '@nestjs/common';
import { ERROR_TABLE, type ErrorCode } from './error-table.js';
import { isDatabaseOutage } from './outage.js';
import { type FieldError, SwitchboardError } from './switchboard-error.js';

/** RFC 9457 problem document, the body of every error under `/api`. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly instance: string;
  readonly request_id: string;
  readonly errors: readonly FieldError[];
}

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'validation_failed',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  412: 'precondition_failed',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  503: 'service_unavailable',
};

/**
 * Turns anything thrown into an error a caller may see. What is not ours keeps only its status: a framework's
 * `HttpException` and Fastify's `statusCode` errors are the caller's fault below 500, a database that is away is
 * `service_unavailable`, everything else is `internal`.
 */
export function toSwitchboardError(thrown: unknown): SwitchboardError {
  if (thrown instanceof SwitchboardError) return thrown;
  const status = statusOf(thrown);
  const code = status === undefined ? undefined : CODE_OF_STATUS[status];
  if (code !== undefined && thrown instanceof Error)
    return new SwitchboardError(code, thrown.message, { cause: thrown });
  if (isDatabaseOutage(thrown))
    return new SwitchboardError('service_unavailable', 'The database does not answer now. Try again in a moment.', {
      cause: thrown,
      retryAfterSeconds: 2,
    });
  return new SwitchboardError('internal', 'Something went wrong on our side. The log has the details.', {
    cause: thrown,
  });
}

function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (typeof thrown === 'object' && thrown !== null && 'statusCode' in thrown && typeof thrown.statusCode === 'number')
    return thrown.statusCode;
  return undefined;
}

/** The problem document of an error, for the request at `instance`. */
export function toProblem(error: SwitchboardError, instance: string, requestId: string): Problem {
  const { title, status } = ERROR_TABLE[error.code];
  return {
    type: 'about:blank',
    title,
    status,
    code: error.code,
    detail: error.message,
    instance,
    request_id: requestId,
    errors: error.errors,
  };
}
