import type { LedgerRow } from './ledger-row.js';

const MAX_INTEGER = 2_147_483_647;

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

/** PostgreSQL's jsonb refuses NUL and lone surrogates. */
function text(value: string): string {
  return Buffer.from(value.replaceAll('\0', '')).toString();
}

function count(value: number | null): number | null {
  if (value === null || !Number.isFinite(value)) return null;
  return Math.min(Math.max(Math.round(value), 0), MAX_INTEGER);
}

function money(value: string | null): string | null {
  return value !== null && /^\d{1,15}(\.\d{1,30})?(e-\d{1,2})?$/i.test(value) ? value : null;
}
