import { readFileSync } from 'node:fs';
import { ConfigurationError } from '../core/config/index.js';
import { CAPABILITY_NAMES, capabilitiesOf } from './contract/index.js';
import { parseProviderEntry, parseProviderFile, type ProviderEntry, ProviderFileError } from './provider-file/index.js';
import type { ProviderRegistry, RegisteredStrategy } from './provider.registry.js';

const BUNDLED = new URL('./providers.json', import.meta.url);

/**
 * Every provider this installation knows of: the bundled file, then the operator's file, which adds to it or replaces
 * entries of the same slug, then decorated strategies that no file describes.
 * @throws ConfigurationError naming file, line and field of everything that is wrong
 */
export function providerEntries(providersFile: string | null, registry: ProviderRegistry): ProviderEntry[] {
  const entries = new Map(read(BUNDLED, 'the bundled providers.json').map((entry) => [entry.slug, entry]));
  if (providersFile !== null) for (const entry of read(providersFile, providersFile)) entries.set(entry.slug, entry);
  for (const registered of registry.all())
    if (!entries.has(registered.options.slug) && registered.options.apiBaseUrl !== undefined)
      entries.set(registered.options.slug, entryOf(registered));
  return [...entries.values()];
}

function read(file: string | URL, name: string): ProviderEntry[] {
  try {
    return [...parseProviderFile(readFileSync(file, 'utf8'))];
  } catch (error) {
    if (error instanceof ProviderFileError)
      throw new ConfigurationError(
        error.problems.map(({ line, column, field, message }) => `${name}:${line}:${column} ${field}: ${message}`),
      );
    throw new ConfigurationError([`The provider file ${name} cannot be read: ${(error as Error).message}`]);
  }
}

/** A row for a strategy that only its decorator describes: its capabilities are its methods. */
function entryOf({ options, strategy }: RegisteredStrategy): ProviderEntry {
  const able = new Set(capabilitiesOf(strategy));
  const entry = parseProviderEntry({
    slug: options.slug,
    name: options.displayName ?? options.slug,
    strategy: options.slug,
    api_base_url: options.apiBaseUrl,
    website: options.website,
    capabilities: Object.fromEntries(
      CAPABILITY_NAMES.filter((capability) => able.has(capability)).map((capability) => [
        capability,
        { supported: true, has_dynamic_models: strategy.listModels !== undefined },
      ]),
    ),
  });
  return { ...entry, env_key: options.envKey ?? null };
}
