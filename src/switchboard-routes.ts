import { Injectable, type NestModule, type OnModuleInit } from '@nestjs/common';
import { MODULE_PATH } from '@nestjs/common/internal';
import { ApplicationConfig, GraphInspector, HttpAdapterHost, ModulesContainer, NestContainer } from '@nestjs/core';
import { Injector, type Module } from '@nestjs/core/internal';
import { RoutesResolver } from '@nestjs/core/router/routes-resolver.js';

/**
 * Serves our controllers with an application configuration of their own, an empty one. Nest binds the global guards,
 * interceptors, pipes and filters of an application, its prefix and its versioning to every controller it finds, imported
 * ones included, and knows no way to opt out. So the host's router does not find ours: they are taken away before it
 * looks, bound by a router of ours to the host's server, and put back, so that all else still sees them (Swagger, hooks).
 */
@Injectable()
export class SwitchboardRoutes implements OnModuleInit {
  private withheld: {
    readonly key: string;
    readonly module: Module;
    readonly controllers: Module['controllers'];
  } | null = null;

  constructor(
    private readonly modules: ModulesContainer,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  /** Takes the module's controllers away; for its `configure`, which runs before the host's router does. */
  withhold(owner: NestModule): void {
    for (const [key, module] of this.modules)
      if (module.instance === owner) {
        this.withheld = { key, module, controllers: new Map(module.controllers) };
        module.controllers.clear();
      }
  }

  /** After the host's router, before its "not found". Without a server nothing was withheld. */
  onModuleInit(): void {
    if (this.withheld === null) return;
    const { key, module, controllers } = this.withheld;
    this.withheld = null;
    for (const [name, controller] of controllers) module.controllers.set(name, controller);
    const own = new ApplicationConfig();
    const container = new NestContainer(own);
    container.setHttpAdapter(this.adapterHost.httpAdapter);
    container.getModules().set(key, module);
    const path: unknown = Reflect.getMetadata(MODULE_PATH + this.modules.applicationId, module.metatype);
    const prefix = typeof path === 'string' ? `/${path.replace(/^\/+|\/+$/g, '')}` : '';
    new RoutesResolver(container, own, new Injector(), new GraphInspector(container)).resolve(
      this.adapterHost.httpAdapter,
      prefix,
    );
  }
}
