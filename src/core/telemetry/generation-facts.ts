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
