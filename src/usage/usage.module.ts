import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { GenerationsHandler } from './queries/generations.query.js';
import { UsageReportHandler } from './queries/usage-report.query.js';
import { Ledger } from './ledger.js';

/** What generations used and cost. */
@Module({
  imports: [CqrsModule],
  providers: [Ledger, GenerationsHandler, UsageReportHandler],
  exports: [Ledger],
})
export class UsageModule {}
