import { Inject, Injectable, Logger } from '@nestjs/common';
import { Database } from '../../core/database/index.js';
import { Clock } from '../../core/time/index.js';
import type { Capability } from '../../providers/index.js';
import { type ModelHistory, NO_HISTORY } from './estimate.js';

const FRESH_MS = 60_000;
/** A short history grows fast. */
const FRESH_WHILE_SHORT_MS = 1_000;
const SHORT = 20;
const MAX_MODELS = 1_000;
/** Calls that make up a history. */
const WINDOW = 200;

interface Known {
  readonly history: ModelHistory;
  readonly at: number;
}

/** What each model used lately, out of the ledger, so that every replica and every restart knows it. */
@Injectable()
export class ModelHistories {
  private readonly logger = new Logger(ModelHistories.name);
  private readonly known = new Map<string, Known>();

  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Waits for the database only the first time; later an older history is good enough while a new one is read. */
  async of(provider: string, modelId: string, capability: Capability): Promise<ModelHistory> {
    const key = `${provider}\n${modelId}\n${capability}`;
    const known = this.known.get(key);
    if (known !== undefined && this.clock.monotonic() - known.at < freshFor(known.history)) return known.history;
    const reading = this.read(provider, modelId, capability).then(
      (history) => this.remember(key, history),
      (error: unknown) => {
        this.logger.warn(`No history of ${provider}/${modelId}: ${String(error)}`);
        return known?.history ?? NO_HISTORY;
      },
    );
    return known === undefined || known.history.samples < SHORT ? reading : known.history;
  }

  private remember(key: string, history: ModelHistory): ModelHistory {
    this.known.delete(key);
    this.known.set(key, { history, at: this.clock.monotonic() });
    const [oldest] = this.known.keys();
    if (this.known.size > MAX_MODELS && oldest !== undefined) this.known.delete(oldest);
    return history;
  }

  private async read(provider: string, modelId: string, capability: Capability): Promise<ModelHistory> {
    const rows: { samples: string; prompt: number | null; completion: number | null; cost: string | null }[] =
      await this.database.em().execute(
        `select count(*) as samples,
                percentile_disc(0.9) within group (order by prompt_tokens) as prompt,
                percentile_disc(0.9) within group (order by completion_tokens) as completion,
                (percentile_disc(0.9) within group (order by cost_usd / greatest(images, 1)))::text as cost
           from (select prompt_tokens, completion_tokens, cost_usd, images
                   from "${this.database.schemaName}".generation
                  where provider = ? and model_id = ? and capability = ? and status = 'ok'
                    and price_source is distinct from 'ceiling'
                  order by id desc limit ${WINDOW}) as recent`,
        [provider, modelId, capability],
      );
    const row = rows[0];
    if (row === undefined || Number(row.samples) === 0) return NO_HISTORY;
    return {
      samples: Number(row.samples),
      promptTokens: row.prompt,
      completionTokens: row.completion,
      costUsd: row.cost,
    };
  }
}

const freshFor = ({ samples }: ModelHistory) => (samples < SHORT ? FRESH_WHILE_SHORT_MS : FRESH_MS);
