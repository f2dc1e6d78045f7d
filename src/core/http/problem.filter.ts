import { type ArgumentsHost, Catch, type ExceptionFilter, Logger, Optional } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AuditRefusals } from '../audit/audit-refusals.js';
import { toProblem, toSwitchboardError } from '../errors/index.js';
import { adminOf } from '../identity/admin-of-request.js';
import { GONE } from './caller-signal.js';
import { type HttpRequest, pathOf, requestIdOf } from './request.js';

/** Codes that say: you may not. */
const REFUSALS: ReadonlySet<string> = new Set([
  'unauthenticated',
  'forbidden',
  'model_access_denied',
  'shared_api_not_allowed',
]);
/** Where strangers try passwords and invitations: that they were wrong, or too many, is a refusal, too. */
const SIGN_IN_REFUSALS: ReadonlySet<string> = new Set([...REFUSALS, 'rate_limited', 'not_found']);
const ADMIN_PATH = /\/api\/admin\//i;
const SIGN_IN_PATH = /\/api\/auth\//i;

/** Answers every error as RFC 9457 `application/problem+json`; logs only what is our fault. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Switchboard');

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    @Optional() private readonly refusals?: AuditRefusals,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const adapter = this.adapterHost.httpAdapter;
    const request = host.switchToHttp().getRequest<HttpRequest>();
    const reply: unknown = host.switchToHttp().getResponse();
    const error = toSwitchboardError(thrown);
    const problem = toProblem(error, pathOf(request), requestIdOf(request));
    if (isRefusal(error.code, problem.instance))
      this.refusals?.note({
        admin: adminOf(request) ?? null,
        method: request.method,
        path: problem.instance,
        code: error.code,
        detail: error.message,
        ip: request.ip ?? null,
        requestId: problem.request_id,
      });
    if (error.status >= 500 && !isAbandoned(error.cause))
      this.logger.error(
        {
          request_id: problem.request_id,
          code: error.code,
          path: problem.instance,
          // A provider's failure is no riddle of ours: its class and words are enough.
          ...(error.code === 'internal' && { cause: describe(error.cause) }),
        },
        error.message,
      );
    if (adapter.isHeadersSent(reply)) return;
    adapter.setHeader(reply, 'x-request-id', problem.request_id);
    adapter.setHeader(reply, 'cache-control', 'no-store');
    if (error.retryAfterSeconds !== undefined)
      adapter.setHeader(reply, 'retry-after', String(Math.ceil(error.retryAfterSeconds)));
    if (error.code === 'limit_exceeded') adapter.setHeader(reply, 'x-should-retry', 'false');
    adapter.setHeader(reply, 'content-type', 'application/problem+json; charset=utf-8');
    adapter.reply(reply, JSON.stringify(problem), error.status);
  }
}

/** The caller left in the middle: nobody's fault, and told by the line of the request. */
function isAbandoned(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'AbortError' && cause.message === GONE;
}

function isRefusal(code: string, path: string): boolean {
  return (REFUSALS.has(code) && ADMIN_PATH.test(path)) || (SIGN_IN_REFUSALS.has(code) && SIGN_IN_PATH.test(path));
}

/** Stack of what really happened, for the log only; upstream bodies were redacted where they were read. */
function describe(cause: unknown): string | undefined {
  if (cause === undefined) return undefined;
  return cause instanceof Error ? (cause.stack ?? cause.message) : typeof cause;
}
