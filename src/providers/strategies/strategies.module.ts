import { readdirSync } from 'node:fs';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AiProviderMetadata } from '../ai-provider.decorator.js';

const STRATEGY_FILE = /\.provider\.[jt]s$/;

/**
 * Declares every `@AiProvider` class of the `*.provider` files in this folder, so that a new built-in provider is one
 * file and no other edit.
 */
@Module({})
export class StrategiesModule {
  static async discover(): Promise<DynamicModule> {
    const folder = new URL('./', import.meta.url);
    const files = readdirSync(folder).filter((file) => STRATEGY_FILE.test(file));
    const modules = await Promise.all(
      files.sort().map((file) => import(new URL(file, folder).href) as Promise<Record<string, unknown>>),
    );
    return {
      module: StrategiesModule,
      providers: modules.flatMap((exported) => Object.values(exported).filter(isStrategy)),
    };
  }
}

const reflector = new Reflector();

function isStrategy(exported: unknown): exported is Type {
  return typeof exported === 'function' && reflector.get(AiProviderMetadata, exported) !== undefined;
}
