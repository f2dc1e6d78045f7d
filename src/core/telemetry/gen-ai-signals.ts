import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Attributes,
  type Context,
  createNoopMeter,
  metrics,
  ProxyTracerProvider,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { GenerationFacts } from './generation-facts.js';
import { INSTRUMENTATION, isTracing } from './trace-parent.js';

/** `gen_ai.operation.name`; pictures, speech and transcripts are told apart by `gen_ai.output.type`. */
const OPERATIONS: Readonly<Record<string, string>> = { chat: 'chat', content: 'chat', embedding: 'embeddings' };
const OTHER_OPERATION = 'generate_content';
/** `gen_ai.output.type`; embeddings have none. */
const OUTPUTS: Readonly<Record<string, string>> = {
  chat: 'text',
  content: 'text',
  transcription: 'text',
  image: 'image',
  audio: 'speech',
};
/** Bounds in seconds that the conventions advise for durations. */
export const DURATION_BOUNDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
/** Bounds that the conventions advise for token counts: powers of four. */
const TOKEN_BOUNDS = Array.from({ length: 14 }, (_, power) => 4 ** power);

const FLUSH_MS = 3_000;

/**
 * Spans and instruments of OpenTelemetry after its GenAI conventions (1.45). Without an SDK in the process they cost
 * nothing: not even the attributes are made.
 */
export class GenAiSignals {
  private readonly tracer = trace.getTracer(INSTRUMENTATION);
  private readonly meter = metrics.getMeter(INSTRUMENTATION);
  private readonly isMetering = this.meter !== createNoopMeter();
  private readonly duration = this.meter.createHistogram('gen_ai.client.operation.duration', {
    unit: 's',
    advice: { explicitBucketBoundaries: DURATION_BOUNDS },
  });
  private readonly firstChunk = this.meter.createHistogram('gen_ai.client.operation.time_to_first_chunk', {
    unit: 's',
    advice: { explicitBucketBoundaries: DURATION_BOUNDS },
  });
  private readonly tokens = this.meter.createHistogram('gen_ai.client.token.usage', {
    unit: '{token}',
    advice: { explicitBucketBoundaries: TOKEN_BOUNDS },
  });

  /** @param parent where in a trace the call belongs; none: below the span that is active now */
  record(facts: GenerationFacts, parent: Context | undefined): void {
    const isTraced = isTracing();
    if (!isTraced && !this.isMetering) return;
    const attributes = attributesOf(facts);
    if (this.isMetering) this.measure(facts, attributes);
    if (isTraced) this.trace(facts, attributes, parent);
  }

  /** Sends what the SDK still holds; the process is about to end. Gives up after some seconds: nobody waits for signals. */
  async flush(): Promise<void> {
    const tracers = trace.getTracerProvider();
    const providers: object[] = [
      tracers instanceof ProxyTracerProvider ? tracers.getDelegate() : tracers,
      metrics.getMeterProvider(),
    ];
    const flushed = Promise.allSettled(providers.map(forceFlush));
    await Promise.race([flushed, sleep(FLUSH_MS, undefined, { ref: false })]);
  }

  private measure(facts: GenerationFacts, attributes: Attributes): void {
    const { durationMs, firstTokenMs, inputTokens, outputTokens, isStream } = facts;
    this.duration.record(durationMs / 1000, attributes);
    if (isStream && firstTokenMs !== null) this.firstChunk.record(firstTokenMs / 1000, attributes);
    if (inputTokens) this.tokens.record(inputTokens, { ...attributes, 'gen_ai.token.type': 'input' });
    if (outputTokens) this.tokens.record(outputTokens, { ...attributes, 'gen_ai.token.type': 'output' });
  }

  private trace(facts: GenerationFacts, attributes: Attributes, parent: Context | undefined): void {
    const { capability, model, status, errorCode, isStream, startedAt, firstTokenMs, inputTokens, outputTokens } =
      facts;
    const operation = operationOf(facts);
    const output = OUTPUTS[capability];
    const span = this.tracer.startSpan(
      model === null ? operation : `${operation} ${model}`,
      {
        kind: SpanKind.CLIENT,
        startTime: startedAt,
        attributes: {
          ...attributes,
          ...(output !== undefined && { 'gen_ai.output.type': output }),
          ...(isStream && { 'gen_ai.request.stream': true }),
          ...(isStream && firstTokenMs !== null && { 'gen_ai.response.time_to_first_chunk': firstTokenMs / 1000 }),
          ...(inputTokens !== null && { 'gen_ai.usage.input_tokens': inputTokens }),
          ...(outputTokens !== null && { 'gen_ai.usage.output_tokens': outputTokens }),
        },
      },
      parent,
    );
    if (status === 'error') span.setStatus({ code: SpanStatusCode.ERROR, message: errorCode ?? 'internal' });
    span.end(startedAt.getTime() + facts.durationMs);
  }
}

/** What spans and measurements have in common. The model is one that was found, never what a caller named. */
function attributesOf(facts: GenerationFacts): Attributes {
  const { provider, model, status, errorCode } = facts;
  return {
    'gen_ai.operation.name': operationOf(facts),
    ...(provider !== null && { 'gen_ai.provider.name': provider }),
    ...(model !== null && { 'gen_ai.request.model': model }),
    ...(status !== 'ok' && { 'error.type': errorCode ?? 'aborted' }),
  };
}

function operationOf({ capability }: GenerationFacts): string {
  return OPERATIONS[capability] ?? OTHER_OPERATION;
}

/** Providers of an SDK can do it; the API does not say so. */
async function forceFlush(provider: { forceFlush?: () => Promise<void> }): Promise<void> {
  await provider.forceFlush?.();
}
