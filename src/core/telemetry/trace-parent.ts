import type { IncomingHttpHeaders } from 'node:http';
import { type Context, context, propagation, ProxyTracerProvider, trace } from '@opentelemetry/api';

/** Name of our tracer and our meter. */
export const INSTRUMENTATION = 'nestjs-ai-switchboard';

/** Whether the process has an SDK that traces. */
export function isTracing(): boolean {
  const provider = trace.getTracerProvider();
  return !(provider instanceof ProxyTracerProvider) || provider.getDelegateTracer(INSTRUMENTATION) !== undefined;
}

/**
 * Where in a trace a call belongs: below the span that is active, such as one of an HTTP instrumentation, else below the
 * caller's `traceparent`. Without an SDK nothing is looked at and nothing is made.
 */
export function traceParentOf(headers?: IncomingHttpHeaders): Context | undefined {
  if (!isTracing()) return undefined;
  const active = context.active();
  return headers === undefined || trace.getSpanContext(active) !== undefined
    ? active
    : propagation.extract(active, headers);
}
