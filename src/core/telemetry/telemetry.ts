import { Injectable } from '@nestjs/common';
import { metrics, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { RunningCalls } from '../shutdown/index.js';

/** One finished generation, as far as telemetry may know it: nobody's name, no key, no text. */
export interface GenerationFacts {
  readonly capability: string;
  /** Slug; null when the call ended before a model was found. */
  readonly provider: string | null;
  readonly model: string | null;
  readonly status: 'ok' | 'error' | 'aborted';
  readonly errorCode: string | null;
  readonly isStream: boolean;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly firstTokenMs: number | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** Decimal string; null when unknown. */
  readonly costUsd: string | null;
}

const NAME = 'nestjs-ai-switchboard';
/** `gen_ai.operation.name`; the conventions have no word of their own for pictures and sounds. */
const OPERATIONS: Readonly<Record<string, string>> = { chat: 'chat', content: 'chat' };
/** Bounds in seconds that the GenAI conventions advise for durations. */
const SECONDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
const LABELS = ['capability', 'provider', 'model'] as const;

/**
 * Traces and metrics of generations: spans and instruments of OpenTelemetry after the GenAI conventions, which do
 * nothing until the process has an SDK, and Prometheus counters in a registry of this switchboard's own.
 */
@Injectable()
export class Telemetry {
  readonly registry = new Registry();
  private readonly tracer = trace.getTracer(NAME);
  private readonly meter = metrics.getMeter(NAME);
  private readonly duration = this.meter.createHistogram('gen_ai.client.operation.duration', {
    unit: 's',
    advice: { explicitBucketBoundaries: SECONDS },
  });
  private readonly tokens = this.meter.createHistogram('gen_ai.client.token.usage', { unit: '{token}' });
  private readonly generations = new Counter({
    name: 'switchboard_generations_total',
    help: 'Generations that ended.',
    labelNames: [...LABELS, 'status', 'error_code'],
    registers: [this.registry],
  });
  private readonly seconds = new Histogram({
    name: 'switchboard_generation_duration_seconds',
    help: 'From the request to the end of the answer.',
    labelNames: [...LABELS],
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly firstToken = new Histogram({
    name: 'switchboard_first_token_seconds',
    help: 'From the request to the first piece of the answer.',
    labelNames: [...LABELS],
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly tokenCount = new Counter({
    name: 'switchboard_tokens_total',
    help: 'Tokens as they are billed.',
    labelNames: [...LABELS, 'type'],
    registers: [this.registry],
  });
  private readonly cost = new Counter({
    name: 'switchboard_cost_usd_total',
    help: 'Known costs in USD.',
    labelNames: [...LABELS],
    registers: [this.registry],
  });

  constructor(running: RunningCalls) {
    new Gauge({
      name: 'switchboard_running_calls',
      help: 'Requests and calls that run now.',
      registers: [this.registry],
      collect() {
        this.set(running.size);
      },
    });
    new Gauge({
      name: 'process_resident_memory_bytes',
      help: 'Resident memory.',
      registers: [this.registry],
      collect() {
        this.set(process.memoryUsage.rss());
      },
    });
  }

  /** Notes a generation that ended; never throws. */
  record(facts: GenerationFacts): void {
    const { capability, provider, model, status, errorCode, durationMs, firstTokenMs, inputTokens, outputTokens } =
      facts;
    const labels = { capability, provider: provider ?? '', model: model ?? '' };
    this.generations.inc({ ...labels, status, error_code: errorCode ?? '' });
    this.seconds.observe(labels, durationMs / 1000);
    if (firstTokenMs !== null) this.firstToken.observe(labels, firstTokenMs / 1000);
    if (inputTokens) this.tokenCount.inc({ ...labels, type: 'input' }, inputTokens);
    if (outputTokens) this.tokenCount.inc({ ...labels, type: 'output' }, outputTokens);
    if (facts.costUsd !== null) this.cost.inc(labels, Number(facts.costUsd));
    this.trace(facts);
  }

  private trace(facts: GenerationFacts): void {
    const { capability, provider, model, status, errorCode, startedAt, durationMs, inputTokens, outputTokens } = facts;
    const operation = OPERATIONS[capability] ?? `generate_${capability}`;
    const attributes = {
      'gen_ai.operation.name': operation,
      ...(provider !== null && { 'gen_ai.provider.name': provider }),
      ...(model !== null && { 'gen_ai.request.model': model }),
      ...(status !== 'ok' && { 'error.type': errorCode ?? 'aborted' }),
    };
    this.duration.record(durationMs / 1000, attributes);
    if (inputTokens) this.tokens.record(inputTokens, { ...attributes, 'gen_ai.token.type': 'input' });
    if (outputTokens) this.tokens.record(outputTokens, { ...attributes, 'gen_ai.token.type': 'output' });
    const span = this.tracer.startSpan(model === null ? operation : `${operation} ${model}`, {
      kind: SpanKind.CLIENT,
      startTime: startedAt,
      attributes: {
        ...attributes,
        'gen_ai.output.type': capability === 'image' ? 'image' : capability === 'audio' ? 'speech' : 'text',
        ...(inputTokens !== null && { 'gen_ai.usage.input_tokens': inputTokens }),
        ...(outputTokens !== null && { 'gen_ai.usage.output_tokens': outputTokens }),
      },
    });
    if (status === 'error') span.setStatus({ code: SpanStatusCode.ERROR, message: errorCode ?? 'internal' });
    span.end(startedAt.getTime() + durationMs);
  }
}
