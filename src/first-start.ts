import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { SeedSandbox } from './models/index.js';
import { ImportProviders } from './providers/index.js';

/** Brings in providers that were never here and, on a new database, lets the sandbox serve every capability. */
@Injectable()
export class FirstStart implements OnApplicationBootstrap {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  async onApplicationBootstrap(): Promise<void> {
    const { created } = await this.commands.execute(new ImportProviders({ onlyNew: true }));
    if (created.includes('sandbox')) await this.commands.execute(new SeedSandbox());
  }
}
