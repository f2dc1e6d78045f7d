import { applyDecorators, Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';

/** What a strategy class says about itself. */
export interface AiProviderOptions {
  /** Unique name: lower-case letters, digits and hyphens. A provider row with this slug is served by the class. */
  readonly slug: string;
  /**
   * The wire format. `openai` lets `/v1` pass bytes through instead of translating them.
   * @default undefined: translated
   */
  readonly dialect?: 'openai' | 'gemini' | 'anthropic' | 'cohere' | 'huggingface';
  /** Shown to people when no JSON entry describes the provider. @default the slug */
  readonly displayName?: string;
  /** Base URL when no JSON entry gives one. */
  readonly apiBaseUrl?: string;
  readonly website?: string;
  /** Conventional environment variable of the key, e.g. `OPENAI_API_KEY`. */
  readonly envKey?: string;
}

/** Metadata only; `@AiProvider` is what authors use. */
export const AiProviderMetadata = DiscoveryService.createDecorator<AiProviderOptions>();

/**
 * Makes a class a provider strategy. Declare it in `providers` of any module, yours or ours: it is found at boot, and
 * a class without a single capability method, a twin slug or a request scope stops the boot with the reason.
 */
export function AiProvider(options: AiProviderOptions): ClassDecorator {
  return applyDecorators(Injectable(), AiProviderMetadata(options));
}
