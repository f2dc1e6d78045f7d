import { ApiProperty } from '@nestjs/swagger';
import type { ImportReport } from '../../providers/index.js';
import { BooleanField, TextField } from '../../core/http/index.js';

export class ImportBody {
  @TextField({ optional: true, max: 100, description: 'Only this provider.' }) slug?: string;
  @BooleanField({ optional: true, default: false, description: 'Say what would happen, change nothing.' })
  dry_run?: boolean;
  @BooleanField({ optional: true, default: false, description: 'Overwrite what was edited by hand.' })
  force?: boolean;
}

class SkippedProviderView {
  @ApiProperty() slug!: string;
  @ApiProperty({ enum: ['unchanged', 'edited by hand', 'known'] }) reason!: string;
}

export class ImportReportView {
  @ApiProperty({ type: [String] }) created!: string[];
  @ApiProperty({ type: [String] }) updated!: string[];
  @ApiProperty({ type: [SkippedProviderView] }) skipped!: SkippedProviderView[];
  @ApiProperty() dry_run!: boolean;
}

export function toImportReportView(report: ImportReport): ImportReportView {
  return {
    created: [...report.created],
    updated: [...report.updated],
    skipped: report.skipped.map(({ slug, reason }) => ({ slug, reason })),
    dry_run: report.dry_run,
  };
}
