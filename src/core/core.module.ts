import {
  type DynamicModule,
  Module,
  type ModuleMetadata,
  type Provider as NestProvider,
  type Type,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Audit, AuditRefusals, AuditRetention } from './audit/index.js';
import { SWITCHBOARD_SETTINGS, type SwitchboardSettings } from './config/index.js';
import { ChangeFeed, Database, DATABASE_SCHEMA, type DatabaseSchema } from './database/index.js';
import { ADMIN_RESOLVER, type AdminResolver } from './identity/index.js';
import { LateAdminResolver } from './identity/late-admin-resolver.js';
import { OUTBOUND_OPTIONS, OutboundHttp } from './outbound/index.js';
import { RunningCalls } from './shutdown/index.js';
import { Telemetry } from './telemetry/index.js';
import { Clock, ClockSetter } from './time/index.js';

export interface CoreModuleOptions {
  /** Where the settings' dependencies come from. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  /** Providers of `SWITCHBOARD_SETTINGS` and what it needs. */
  readonly providers: readonly NestProvider[];
  readonly schema: DatabaseSchema;
  readonly identity: Type<AdminResolver>;
}

/** What every feature stands on. Global within its application, so that features need not be told of it. */
@Module({})
export class CoreModule {
  static register({ imports, providers, schema, identity }: CoreModuleOptions): DynamicModule {
    return {
      module: CoreModule,
      global: true,
      imports,
      providers: [
        ...providers,
        { provide: DATABASE_SCHEMA, useValue: schema },
        {
          provide: Database,
          inject: [SWITCHBOARD_SETTINGS],
          useFactory: (settings: SwitchboardSettings) =>
            Database.open({
              settings: settings.database,
              schemaName: settings.schema,
              connectSeconds: settings.databaseConnectSeconds,
              poolSize: settings.databasePoolSize,
              schema,
            }),
        },
        {
          provide: OUTBOUND_OPTIONS,
          inject: [SWITCHBOARD_SETTINGS],
          useFactory: ({ allowPrivateUpstreams }: SwitchboardSettings) => ({ allowPrivateUpstreams }),
        },
        {
          provide: ADMIN_RESOLVER,
          inject: [ModuleRef],
          useFactory: (moduleRef: ModuleRef) => new LateAdminResolver(moduleRef, identity),
        },
        ChangeFeed,
        Clock,
        ClockSetter,
        OutboundHttp,
        Audit,
        AuditRefusals,
        AuditRetention,
        RunningCalls,
        Telemetry,
      ],
      exports: [
        SWITCHBOARD_SETTINGS,
        Database,
        ADMIN_RESOLVER,
        ChangeFeed,
        Clock,
        OutboundHttp,
        Audit,
        AuditRefusals,
        RunningCalls,
        Telemetry,
      ],
    };
  }
}
