import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { SwitchboardError } from '../core/errors/index.js';
import { AiProviderMetadata, type AiProviderOptions } from './ai-provider.decorator.js';
import { capabilitiesOf, type ProviderStrategy } from './contract/index.js';

/** A discovered strategy with what its decorator said. */
export interface RegisteredStrategy {
  readonly options: AiProviderOptions;
  readonly strategy: ProviderStrategy;
}

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** The public handle of all strategies that `@AiProvider` classes of any module registered by being declared. */
@Injectable()
export class ProviderRegistry implements OnModuleInit {
  private readonly strategies = new Map<string, RegisteredStrategy>();

  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws Error at boot, saying what to do, for twins, request scope, bad slugs and classes that can do nothing. */
  onModuleInit(): void {
    const seen = new Set<unknown>();
    for (const wrapper of this.discovery.getProviders({ metadataKey: AiProviderMetadata.KEY })) {
      if (seen.has(wrapper.instance) && wrapper.isDependencyTreeStatic()) continue;
      seen.add(wrapper.instance);
      this.register(wrapper);
    }
  }

  all(): readonly RegisteredStrategy[] {
    return [...this.strategies.values()];
  }

  find(name: string): RegisteredStrategy | undefined {
    return this.strategies.get(name);
  }

  /** @throws SwitchboardError `provider_not_registered` when no strategy has that name. */
  require(name: string): RegisteredStrategy {
    const found = this.strategies.get(name);
    if (found) return found;
    throw new SwitchboardError(
      'provider_not_registered',
      `No strategy is registered as "${name}". Registered are: ${[...this.strategies.keys()].sort().join(', ')}.`,
    );
  }

  private register(wrapper: InstanceWrapper): void {
    const name = String(wrapper.name);
    const options = this.discovery.getMetadataByDecorator(AiProviderMetadata, wrapper);
    if (!options) return;
    if (!wrapper.isDependencyTreeStatic())
      throw new Error(
        `@AiProvider ${name} ("${options.slug}") is request-scoped. Strategies are stateless: drop the scope, and take what varies from the call.`,
      );
    if (!SLUG.test(options.slug))
      throw new Error(
        `@AiProvider ${name} has the slug "${options.slug}". Use lower-case letters, digits and single hyphens.`,
      );
    const strategy = wrapper.instance as ProviderStrategy;
    if (capabilitiesOf(strategy).length === 0)
      throw new Error(
        `@AiProvider ${name} ("${options.slug}") has none of the methods chat, image, speech. Write one, or drop the decorator.`,
      );
    const twin = this.strategies.get(options.slug);
    if (twin)
      throw new Error(
        `Two strategies have the slug "${options.slug}": ${twin.strategy.constructor.name} and ${name}. Rename one, or declare the class in one module only.`,
      );
    this.strategies.set(options.slug, { options, strategy });
  }
}
