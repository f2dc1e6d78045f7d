/** One field of a refused body. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

interface ProblemFacts {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly FieldError[] | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
}

/** What the server said when it refused (RFC 9457), or `offline` when there was no answer at all. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(facts: ProblemFacts) {
    super(facts.detail || facts.title);
    this.name = 'Problem';
    this.status = facts.status;
    this.code = facts.code;
    this.title = facts.title;
    this.detail = facts.detail;
    this.errors = facts.errors ?? [];
    this.requestId = facts.requestId;
    this.retryAfterSeconds = facts.retryAfterSeconds;
  }
}

/** The server could not be reached. */
export function offlineProblem(): Problem {
  return new Problem({ status: 0, code: 'offline', title: 'Offline', detail: '' });
}

/** Reads a problem from a parsed body, whatever is in it. */
export function problemFrom(status: number, body: unknown, headers?: Headers): Problem {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const text = (key: string): string | undefined => {
    const value = fields[key];
    return typeof value === 'string' ? value : undefined;
  };
  const retryAfter = Number(headers?.get('retry-after'));
  return new Problem({
    status,
    code: text('code') ?? `http_${status}`,
    title: text('title') ?? `HTTP ${status}`,
    detail: text('detail') ?? text('message') ?? '',
    errors: Array.isArray(fields['errors']) ? (fields['errors'] as FieldError[]) : undefined,
    requestId: text('request_id') ?? headers?.get('x-request-id') ?? undefined,
    retryAfterSeconds: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : undefined,
  });
}

/** Anything thrown, as a problem. */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new Problem({ status: 0, code: 'unexpected', title: 'Unexpected error', detail });
}

/** Whether the caller stopped it on purpose. */
export function isAbort(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'AbortError';
}
