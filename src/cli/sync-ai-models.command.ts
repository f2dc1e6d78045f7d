import type { Command } from 'commander';
import { table, type Terminal } from './terminal.js';

interface SyncRow {
  readonly provider: string;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly skipped: number;
  readonly total: number;
  readonly kept_previous: boolean;
  readonly not_modified: boolean;
  readonly error: string | null;
  readonly warnings: readonly string[];
}

interface ListedProvider {
  readonly slug: string;
  readonly is_active: boolean;
  readonly capabilities: Readonly<Record<string, { supported: boolean; has_dynamic_models: boolean }>>;
}

interface SyncOptions {
  readonly provider?: string;
  readonly capability?: string;
  readonly dryRun: boolean;
  readonly accept: boolean;
}

/** Providers asked at the same time. */
const PARALLEL = 4;
const BAR_WIDTH = 20;

/** `sync_ai_models`: asks providers for their lists now, one line of progress each, a summary at the end. */
export function registerSyncAiModels(program: Command, terminal: Terminal): void {
  program
    .command('sync_ai_models')
    .description('ask providers for their models now')
    .option('--provider <slug>', 'only this provider')
    .option('--capability <name>', 'only providers that offer it: chat, content, image or audio')
    .option('--dry-run', 'say what would change, change nothing', false)
    .option('--accept', 'take a list that shrank or whose prices leapt', false)
    .action(async (options: SyncOptions) => {
      const api = await terminal.api();
      const slugs = options.provider === undefined ? await dynamicProviders() : [options.provider];
      const results = new Map<string, SyncRow>();
      const waiting = [...slugs];
      const work = async () => {
        for (let slug = waiting.shift(); slug !== undefined; slug = waiting.shift()) {
          const row = await syncOne(slug);
          results.set(slug, row);
          terminal.progress(`${bar(results.size, slugs.length)} ${slug}: ${outcome(row)}`);
        }
      };
      await Promise.all(Array.from({ length: PARALLEL }, work));
      const rows = slugs.flatMap((slug) => results.get(slug) ?? []);
      terminal.result({ results: rows, dry_run: options.dryRun }, summary(rows, options.dryRun));
      const failed = rows.filter(({ error }) => error !== null).length;
      if (failed > 0 && (options.provider !== undefined || failed === rows.length)) terminal.fail();

      async function dynamicProviders(): Promise<string[]> {
        const query = options.capability === undefined ? '' : `?capability=${encodeURIComponent(options.capability)}`;
        const { data } = await api.call<{ data: ListedProvider[] }>('GET', `/api/admin/ai-providers${query}`);
        return data
          .filter(
            ({ is_active: isActive, capabilities }) =>
              isActive && Object.values(capabilities).some((one) => one.supported && one.has_dynamic_models),
          )
          .map(({ slug }) => slug);
      }

      async function syncOne(slug: string): Promise<SyncRow> {
        const { results: answered } = await api.call<{ results: SyncRow[] }>('POST', '/api/admin/ai-models/sync', {
          provider: slug,
          ...(options.capability !== undefined && { capability: options.capability }),
          dry_run: options.dryRun,
          accept: options.accept,
        });
        const [row] = answered;
        if (row === undefined) throw new Error(`The server did not say what came of ${slug}.`);
        return row;
      }
    });
}

function bar(done: number, total: number): string {
  const filled = Math.round((done / Math.max(total, 1)) * BAR_WIDTH);
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}] ${done}/${total}`;
}

function outcome({ added, removed, changed, total, error, not_modified: isSame }: SyncRow): string {
  if (error !== null) return error;
  return isSame ? `${total} models, nothing new` : `${total} models, +${added} -${removed} ~${changed}`;
}

function summary(rows: readonly SyncRow[], isDryRun: boolean): string[] {
  const counts = rows.map((row) => [
    row.provider,
    ...[row.added, row.removed, row.changed, row.skipped, row.total].map(String),
    [row.error ?? '', ...row.warnings].filter((text) => text !== '').join(' '),
  ]);
  const failed = rows.filter(({ error }) => error !== null).length;
  return [
    ...table([['provider', 'added', 'removed', 'changed', 'skipped', 'total', ''], ...counts]),
    `${isDryRun ? 'Would sync' : 'Synced'} ${rows.length - failed} of ${rows.length} providers.`,
  ];
}
