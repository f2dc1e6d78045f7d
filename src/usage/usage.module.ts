import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { KeysModule } from '../keys/index.js';
import { ProvidersModule } from '../providers/index.js';
import { Counters } from './limits/counters.js';
import { Limits } from './limits/limits.js';
import { ModelHistories } from './limits/model-histories.js';
import { ReservationReaper } from './limits/reservation-reaper.js';
import { Reservations } from './limits/reservations.js';
import { Rooms } from './limits/rooms.js';
import { GenerationsHandler } from './queries/generations.query.js';
import { UsageReportHandler } from './queries/usage-report.query.js';
import { Journal } from './journal/journal.js';
import { JournalReplay } from './journal/journal-replay.js';
import { Ledger } from './ledger.js';
import { Usage } from './usage.service.js';

/** What generations used and cost. */
@Module({
  imports: [CqrsModule, KeysModule, ProvidersModule],
  providers: [
    Usage,
    Journal,
    Ledger,
    JournalReplay,
    GenerationsHandler,
    UsageReportHandler,
    Limits,
    ModelHistories,
    Counters,
    Reservations,
    ReservationReaper,
    Rooms,
  ],
  exports: [Ledger, Usage, Rooms, Counters],
})
export class UsageModule {}
