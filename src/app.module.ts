import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AppErrorFilter } from './app-error.filter.js';
import { AccountsModule, accountsOptionsOf, AccountsResolver } from './accounts/index.js';
import { type Environment, settingsOf, type SwitchboardSettings } from './core/config/index.js';
import { HealthModule } from './health/index.js';
import { PanelModule } from './panel/index.js';
import { optionsOfSettings } from './switchboard.options.js';
import { SwitchboardModule } from './switchboard.module.js';

/** The standalone server: accounts beside the switchboard. */
@Module({})
export class AppModule {
  static register(
    environment: Environment,
    variables: Readonly<Record<string, string | undefined>>,
    overrides: Partial<SwitchboardSettings> = {},
  ): DynamicModule {
    const settings = { ...settingsOf(environment, variables), ...overrides };
    return {
      module: AppModule,
      imports: [
        SwitchboardModule.forRoot({ ...optionsOfSettings(settings), identity: AccountsResolver, cron: settings.cron }),
        AccountsModule.register(accountsOptionsOf(environment)),
        HealthModule,
        PanelModule.register(),
      ],
      // Standalone, every path is ours: unknown routes answer problem documents, too.
      providers: [{ provide: APP_FILTER, useClass: AppErrorFilter }],
    };
  }
}
