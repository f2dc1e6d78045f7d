import { ApiProperty } from '@nestjs/swagger';

const count = () => ApiProperty({ type: 'integer', nullable: true });

export class LedgerUsageView {
  @count() prompt_tokens!: number | null;
  @count() completion_tokens!: number | null;
  @count() total_tokens!: number | null;
  @count() cached_tokens!: number | null;
  @count() reasoning_tokens!: number | null;
  @count() images!: number | null;
  @count() characters!: number | null;
}

export class GenerationView {
  @ApiProperty() request_id!: string;
  @ApiProperty({ format: 'date-time' }) created_at!: string;
  @ApiProperty({ description: 'Id of the admin who asked.' }) admin!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Id of the token that was used.' }) token!: string | null;
  @ApiProperty() capability!: string;
  @ApiProperty() provider!: string;
  @ApiProperty() model_id!: string;
  @ApiProperty({ enum: ['ok', 'error', 'aborted'] }) status!: string;
  @ApiProperty({ type: String, nullable: true }) error_code!: string | null;
  @ApiProperty() stream!: boolean;
  @ApiProperty({ type: LedgerUsageView }) usage!: LedgerUsageView;
  @ApiProperty({ type: String, enum: ['provider', 'counted', 'estimated'], nullable: true })
  usage_source!: string | null;
  @ApiProperty({ type: String, nullable: true, example: '0.00042' }) cost_usd!: string | null;
  @ApiProperty({ type: String, nullable: true }) price_source!: string | null;
  @ApiProperty({ type: 'integer' }) latency_ms!: number;
  @ApiProperty({ type: 'integer', nullable: true }) first_token_ms!: number | null;
}

/** A row of the table `generation`, as the driver returns it. */
export interface GenerationRow {
  readonly id: string;
  readonly request_id: string;
  readonly created_at: Date | string;
  readonly admin: string;
  readonly token: string | null;
  readonly capability: string;
  readonly provider: string;
  readonly model_id: string;
  readonly status: string;
  readonly error_code: string | null;
  readonly stream: boolean;
  readonly prompt_tokens: number | null;
  readonly completion_tokens: number | null;
  readonly total_tokens: number | null;
  readonly cached_tokens: number | null;
  readonly reasoning_tokens: number | null;
  readonly images: number | null;
  readonly characters: number | null;
  readonly usage_source: string | null;
  readonly cost_usd: string | null;
  readonly price_source: string | null;
  readonly latency_ms: number;
  readonly first_token_ms: number | null;
}

export function toGenerationView(row: GenerationRow): GenerationView {
  return {
    request_id: row.request_id,
    created_at: new Date(row.created_at).toISOString(),
    admin: row.admin,
    token: row.token,
    capability: row.capability,
    provider: row.provider,
    model_id: row.model_id,
    status: row.status,
    error_code: row.error_code,
    stream: row.stream,
    usage: {
      prompt_tokens: row.prompt_tokens,
      completion_tokens: row.completion_tokens,
      total_tokens: row.total_tokens,
      cached_tokens: row.cached_tokens,
      reasoning_tokens: row.reasoning_tokens,
      images: row.images,
      characters: row.characters,
    },
    usage_source: row.usage_source,
    cost_usd: row.cost_usd,
    price_source: row.price_source,
    latency_ms: row.latency_ms,
    first_token_ms: row.first_token_ms,
  };
}
