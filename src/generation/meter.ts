import { Injectable } from '@nestjs/common';
import { Telemetry } from '../core/telemetry/index.js';
import { Clock } from '../core/time/index.js';
import type { Capability } from '../providers/index.js';
import { Ledger, Rooms } from '../usage/index.js';
import type { GenerationContext } from './generation-context.js';
import { GenerationTally } from './generation-tally.js';
import { RunningGenerations } from './running-generations.js';
import type { Tally } from './tally.js';
import { TargetPrices } from './target-prices.js';

/** Opens a tally per generation, which takes room before the call and writes the ledger row at its end. */
@Injectable()
export class Meter {
  constructor(
    private readonly ledger: Ledger,
    private readonly prices: TargetPrices,
    private readonly rooms: Rooms,
    private readonly clock: Clock,
    private readonly telemetry: Telemetry,
    private readonly running: RunningGenerations,
  ) {}

  open(capability: Capability, context: GenerationContext, isStream: boolean): Tally {
    return new GenerationTally(
      {
        ledger: this.ledger,
        prices: this.prices,
        rooms: this.rooms,
        clock: this.clock,
        telemetry: this.telemetry,
        running: this.running,
      },
      { capability, context, isStream },
    );
  }
}
