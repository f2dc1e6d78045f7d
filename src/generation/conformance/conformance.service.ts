import { Injectable } from '@nestjs/common';
import { SwitchboardError } from '../../core/errors/index.js';
import type { Admin } from '../../core/identity/index.js';
import { KeyVault } from '../../keys/index.js';
import { ModelCatalog, modelsFor, Selections } from '../../models/index.js';
import { type Capability, ProviderCaller, ProviderDirectory, type ProviderRecord } from '../../providers/index.js';
import { checkAbort, checkChat, checkErrors, checkStream, checkUsage } from './chat-checks.js';
import {
  CONFORMANCE_CHECKS,
  type ConformanceBench,
  type ConformanceCheck,
  type ConformanceCheckName,
  type ConformanceRow,
  Imperfect,
  Skipped,
} from './conformance-check.js';
import { checkImage, checkList, checkSpeech } from './media-checks.js';

export interface ConformanceOptions {
  readonly skip?: readonly ConformanceCheckName[];
  /** Models to check with. @default those selected, else a free one, else the first of the catalog */
  readonly models?: ConformanceBench['models'];
}

/** Milliseconds for one check. */
const PATIENCE = 120_000;

const CHECKS: Readonly<Record<ConformanceCheckName, ConformanceCheck>> = {
  list: checkList,
  chat: checkChat,
  stream: checkStream,
  abort: checkAbort,
  usage: checkUsage,
  'error mapping': checkErrors,
  image: checkImage,
  speech: checkSpeech,
};

/** Tries out live whether a provider does what its strategy and row say. Its calls are real, and paid. */
@Injectable()
export class Conformance {
  constructor(
    private readonly directory: ProviderDirectory,
    private readonly vault: KeyVault,
    private readonly caller: ProviderCaller,
    private readonly selections: Selections,
    private readonly catalog: ModelCatalog,
  ) {}

  /**
   * One row per check, in their order; what a provider does wrong is in the rows.
   * @throws SwitchboardError `provider_not_registered`, `shared_api_not_allowed`, `no_api_key_available`
   */
  async check(slug: string, admin: Admin, options: ConformanceOptions = {}): Promise<ConformanceRow[]> {
    const provider = this.directory.require(slug);
    const { strategy } = provider;
    if (strategy === undefined)
      throw new SwitchboardError(
        'provider_not_registered',
        `This server has no strategy "${provider.entry.strategy}".`,
      );
    const { secret } = this.vault.resolve(provider, admin);
    const models = await this.modelsOf(provider, admin, options.models ?? {});
    const rows: ConformanceRow[] = [];
    for (const name of CONFORMANCE_CHECKS) {
      const deadline = AbortSignal.timeout(PATIENCE);
      const bench: ConformanceBench = {
        provider,
        strategy,
        models,
        call: (signal, other) =>
          this.caller.callFor(provider, other ?? secret, {
            signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
          }),
      };
      rows.push(await run(name, bench, options.skip?.includes(name) === true));
    }
    return rows;
  }

  private async modelsOf(
    provider: ProviderRecord,
    admin: Admin,
    wanted: ConformanceBench['models'],
  ): Promise<ConformanceBench['models']> {
    const catalog = await this.catalog.read(provider, admin);
    const modelOf = (capability: Capability): string | undefined => {
      if (!provider.capabilities.has(capability)) return undefined;
      const listed = modelsFor(catalog, capability);
      const selected = this.selections.ofProvider(provider, capability, admin.id)?.modelId;
      return selected ?? (listed.find(({ isFree }) => isFree) ?? listed[0])?.id;
    };
    const found = { chat: modelOf('chat'), image: modelOf('image'), speech: modelOf('audio'), ...wanted };
    return Object.fromEntries(Object.entries(found).filter(([, id]) => id !== undefined));
  }
}

async function run(check: ConformanceCheckName, bench: ConformanceBench, isUnwanted: boolean): Promise<ConformanceRow> {
  const started = performance.now();
  const row = (status: ConformanceRow['status'], detail: string): ConformanceRow => ({
    check,
    status,
    detail,
    duration_ms: Math.round(performance.now() - started),
  });
  if (isUnwanted) return row('skipped', 'not wanted');
  try {
    return row('ok', await CHECKS[check](bench));
  } catch (error) {
    if (error instanceof Skipped) return row('skipped', error.message);
    if (error instanceof Imperfect) return row('warning', error.message);
    const code = error instanceof SwitchboardError ? `${error.code}: ` : '';
    return row('failed', code + (error instanceof Error ? error.message : 'an error of another kind'));
  }
}
