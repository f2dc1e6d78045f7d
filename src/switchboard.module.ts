import { type DynamicModule, Module, type ModuleMetadata, type NestModule, type Type } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { SWITCHBOARD_SETTINGS } from './core/config/index.js';
import { AuditController } from './core/audit/index.js';
import { CoreModule } from './core/core.module.js';
import { DashboardModule, OverviewController, ProvidersController } from './dashboard/index.js';
import {
  AudioController,
  ChatController,
  ConformanceController,
  ContentController,
  GATEWAY_CONTROLLERS,
  GenerationModule,
  ImageController,
  MessagesController,
  UsableController,
} from './generation/index.js';
import {
  KeysModule,
  PersonalKeyListController,
  PersonalKeysController,
  RewrapController,
  SharedKeyListController,
  SharedKeysController,
} from './keys/index.js';
import { MediaController, MediaModule } from './media/index.js';
import { MediaOptionsModule } from './media-options.module.js';
import { CatalogController, ModelsModule, SelectionsController, SuccessorsController } from './models/index.js';
import { PanelModule } from './panel/index.js';
import { ProvidersModule } from './providers/index.js';
import { switchboardSchema } from './schema.js';
import { FirstStart } from './first-start.js';
import { SWITCHBOARD_OPTIONS, SwitchboardModuleClass } from './switchboard.module-definition.js';
import { SwitchboardRoutes } from './switchboard-routes.js';
import { settingsOfOptions, type SwitchboardExtras, type SwitchboardOptions } from './switchboard.options.js';
import { ExportController, SettingsController, UsageController, UsageModule } from './usage/index.js';

const FEATURES = [
  ProvidersModule,
  KeysModule,
  ModelsModule,
  UsageModule,
  MediaModule,
  GenerationModule,
  DashboardModule,
];

const ADMIN_CONTROLLERS: readonly Type[] = [
  ProvidersController,
  OverviewController,
  SharedKeysController,
  PersonalKeysController,
  SharedKeyListController,
  PersonalKeyListController,
  RewrapController,
  SettingsController,
  AuditController,
  CatalogController,
  SelectionsController,
  SuccessorsController,
  ChatController,
  ContentController,
  ImageController,
  AudioController,
  UsableController,
  ConformanceController,
  UsageController,
  ExportController,
  MediaController,
];

type AsyncOptions = Parameters<typeof SwitchboardModuleClass.forRootAsync>[0];

/**
 * Offers the features to every module of the application. Apart from the module itself, because hooks of global modules
 * run first: the command bus would not know its handlers yet.
 */
@Module({})
class ServicesModule {}

/** Global, because hooks of global modules run first: before what a host serves for every path that is left. */
@Module({ providers: [SwitchboardRoutes], exports: [SwitchboardRoutes] })
class RoutesModule {}

/**
 * The switchboard as a module: providers, keys, models and generation, beside whatever its host has. Nothing leaks
 * either way: guards, pipes and filters are bound to our own controllers, and the host's global ones do not reach them.
 */
@Module({})
export class SwitchboardModule implements NestModule {
  constructor(private readonly routes: SwitchboardRoutes) {}

  configure(): void {
    this.routes.withhold(this);
  }

  static forRoot(options: SwitchboardOptions & SwitchboardExtras): DynamicModule {
    const { identity, http, cron, isGlobal, ...rest } = options;
    return compose(SwitchboardModuleClass.forRoot(rest), {
      identity,
      ...(http && { http }),
      ...(cron !== undefined && { cron }),
      ...(isGlobal !== undefined && { isGlobal }),
    });
  }

  static forRootAsync(options: AsyncOptions & SwitchboardExtras): DynamicModule {
    const { identity, http, cron, isGlobal, ...rest } = options;
    return compose(SwitchboardModuleClass.forRootAsync(rest), {
      identity,
      ...(http && { http }),
      ...(cron !== undefined && { cron }),
      ...(isGlobal !== undefined && { isGlobal }),
    });
  }
}

function compose(definition: DynamicModule, extras: SwitchboardExtras): DynamicModule {
  const { admin = true, openai = true, prefix } = extras.http ?? {};
  const core = CoreModule.register({
    imports: definition.imports ?? [],
    providers: [
      ...(definition.providers ?? []),
      {
        provide: SWITCHBOARD_SETTINGS,
        inject: [SWITCHBOARD_OPTIONS],
        useFactory: (options: SwitchboardOptions) => settingsOfOptions(options, extras.cron ?? true),
      },
    ],
    schema: switchboardSchema,
    identity: extras.identity,
  });
  const imports: NonNullable<ModuleMetadata['imports']> = [
    core,
    CqrsModule,
    { module: RoutesModule, global: true },
    MediaOptionsModule.register(prefix),
    ...FEATURES,
  ];
  if (extras.isGlobal ?? true)
    imports.push({ module: ServicesModule, global: true, imports: FEATURES, exports: FEATURES });
  if (extras.http?.panel) imports.push(PanelModule.register({ ...(prefix !== undefined && { prefix }) }));
  if (prefix !== undefined) imports.push(RouterModule.register([{ path: prefix, module: SwitchboardModule }]));
  return {
    module: SwitchboardModule,
    imports,
    controllers: [...(admin ? ADMIN_CONTROLLERS : []), ...(openai ? [...GATEWAY_CONTROLLERS, MessagesController] : [])],
    providers: [FirstStart],
    exports: [...FEATURES],
  };
}
