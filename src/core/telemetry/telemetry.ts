import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Context } from '@opentelemetry/api';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { RunningCalls } from '../shutdown/index.js';
import { DURATION_BOUNDS, GenAiSignals } from './gen-ai-signals.js';
import type { GenerationFacts } from './generation-facts.js';

const LABELS = ['capability', 'provider', 'model'] as const;

/**
 * Traces and metrics of generations: signals of OpenTelemetry, which cost nothing until the process has an SDK, and
 * Prometheus counters in a registry of this switchboard's own.
 */
@Injectable()
export class Telemetry implements OnApplicationShutdown {
  readonly registry = new Registry();
  private readonly delays = monitorEventLoopDelay({ resolution: 20 });
  private readonly signals = new GenAiSignals();
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
    buckets: DURATION_BOUNDS,
    registers: [this.registry],
  });
  private readonly firstToken = new Histogram({
    name: 'switchboard_first_token_seconds',
    help: 'From the request to the first piece of the answer.',
    labelNames: [...LABELS],
    buckets: DURATION_BOUNDS,
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
    const { delays } = this;
    delays.enable();
    new Gauge({
      name: 'nodejs_eventloop_lag_p99_seconds',
      help: 'How late the event loop was, since the last time somebody asked: 99 of 100 turns were better.',
      registers: [this.registry],
      collect() {
        this.set(delays.count === 0 ? 0 : delays.percentile(99) / 1e9);
        delays.reset();
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

  /**
   * Notes a generation that ended; never throws.
   * @param parent where in a trace it belongs, see `traceParentOf`
   */
  record(facts: GenerationFacts, parent?: Context): void {
    const { capability, provider, model, status, errorCode, durationMs, firstTokenMs, inputTokens, outputTokens } =
      facts;
    const labels = { capability, provider: provider ?? '', model: model ?? '' };
    this.generations.inc({ ...labels, status, error_code: errorCode ?? '' });
    this.seconds.observe(labels, durationMs / 1000);
    if (firstTokenMs !== null) this.firstToken.observe(labels, firstTokenMs / 1000);
    if (inputTokens) this.tokenCount.inc({ ...labels, type: 'input' }, inputTokens);
    if (outputTokens) this.tokenCount.inc({ ...labels, type: 'output' }, outputTokens);
    if (facts.costUsd !== null) this.cost.inc(labels, Number(facts.costUsd));
    this.signals.record(facts, parent);
  }

  onApplicationShutdown(): Promise<void> {
    this.delays.disable();
    return this.signals.flush();
  }
}
