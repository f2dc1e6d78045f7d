import type { LedgerRow } from './ledger-row.js';

const MAX_INTEGER = 2_147_483_647;

/** A ledger row as the database and the journal take it. */
export type LedgerColumns = ReturnType<typeof toLedgerColumns>;

/** A ledger row as JSON for the database, with whatever upstreams and callers sent made fit for its columns. */
export function toLedgerColumns(row: LedgerRow) {
  const { usage } = row;
  return {
    id: row.id,
    request_id: text(row.requestId),
    admin: text(row.admin),
    token: row.token,
    capability: row.capability,
    provider: text(row.provider),
    model_id: text(row.modelId),
    selection_id: row.selectionId,
    status: row.status,
    error_code: row.errorCode,
    stream: row.stream,
    prompt_tokens: count(usage.promptTokens),
    completion_tokens: count(usage.completionTokens),
    total_tokens: count(usage.totalTokens),
    cached_tokens: count(usage.cachedTokens),
    reasoning_tokens: count(usage.reasoningTokens),
    images: count(usage.images),
    characters: count(usage.characters),
    usage_source: row.usageSource,
    cost_usd: money(row.costUsd),
    price_source: row.priceSource,
    latency_ms: count(row.latencyMs) ?? 0,
    first_token_ms: count(row.firstTokenMs),
    created_at: row.createdAt.toISOString(),
    counts: row.counts,
  };
}

/** The row that was written as these columns. */
export function fromLedgerColumns(columns: LedgerColumns): LedgerRow {
  return {
    id: columns.id,
    requestId: columns.request_id,
    admin: columns.admin,
    token: columns.token,
    capability: columns.capability,
    provider: columns.provider,
    modelId: columns.model_id,
    selectionId: columns.selection_id,
    status: columns.status,
    errorCode: columns.error_code,
    stream: columns.stream,
    usage: {
      promptTokens: columns.prompt_tokens,
      completionTokens: columns.completion_tokens,
      totalTokens: columns.total_tokens,
      cachedTokens: columns.cached_tokens,
      reasoningTokens: columns.reasoning_tokens,
      images: columns.images,
      characters: columns.characters,
    },
    usageSource: columns.usage_source,
    costUsd: columns.cost_usd,
    priceSource: columns.price_source,
    latencyMs: columns.latency_ms,
    firstTokenMs: columns.first_token_ms,
    createdAt: new Date(columns.created_at),
    counts: columns.counts,
  };
}

/** PostgreSQL's jsonb refuses NUL and lone surrogates. */
function text(value: string): string {
  return /[\0\uD800-\uDFFF]/.test(value) ? Buffer.from(value.replaceAll('\0', '')).toString() : value;
}

function count(value: number | null): number | null {
  if (value === null || !Number.isFinite(value)) return null;
  return Math.min(Math.max(Math.round(value), 0), MAX_INTEGER);
}

function money(value: string | null): string | null {
  return value !== null && /^\d{1,15}(\.\d{1,30})?(e-\d{1,2})?$/i.test(value) ? value : null;
}
