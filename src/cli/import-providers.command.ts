import type { Command } from 'commander';
import type { ImportReport } from '../providers/index.js';
import type { Terminal } from './terminal.js';

/** `import_providers`: brings provider files into the database, all or nothing. */
export function registerImportProviders(program: Command, terminal: Terminal): void {
  program
    .command('import_providers')
    .description('bring the bundled provider file and PROVIDERS_FILE into the database, all or nothing')
    .option('--slug <slug>', 'only this provider')
    .option('--dry-run', 'say what would happen, change nothing', false)
    .option('--force', 'overwrite what was edited by hand', false)
    .action(async (options: { slug?: string; dryRun: boolean; force: boolean }) => {
      const api = await terminal.api();
      const report = await api.call<ImportReport>('POST', '/api/admin/ai-providers/import', {
        ...(options.slug !== undefined && { slug: options.slug }),
        dry_run: options.dryRun,
        force: options.force,
      });
      const { created, updated, skipped } = report;
      const edited = skipped.filter(({ reason }) => reason === 'edited by hand').map(({ slug }) => slug);
      terminal.result(report, [
        `${report.dry_run ? 'Would create' : 'Created'} ${named(created)}`,
        `${report.dry_run ? 'Would update' : 'Updated'} ${named(updated)}`,
        `Skipped ${skipped.length}${edited.length > 0 ? `; edited by hand, use --force to overwrite: ${edited.join(', ')}` : ''}`,
      ]);
    });
}

function named(slugs: readonly string[]): string {
  return slugs.length === 0 ? '0' : `${slugs.length}: ${slugs.join(', ')}`;
}
