import { SwitchboardError } from '../../core/errors/index.js';
import type { Capability } from '../contract/index.js';
import { checkEntry } from './check-entry.js';
import { fieldName, type FieldPath, isRecord, type ShapeProblem } from './check-shape.js';
import type { CapabilityEntry, ConfigEntry, ProviderEntry, StaticModelEntry } from './provider-entry.js';

/** What a change of a provider may bring: any field, none required. Null takes a field back to its default. */
export type ProviderPatch = { readonly [Field in keyof ProviderEntry]?: ProviderEntry[Field] | null };

const DEFAULT_CAPABILITY: CapabilityEntry = { supported: true, has_dynamic_models: true, description: null };

/**
 * Checks the body of a provider that someone adds over the API; `prefix` stands before the names of fields in errors.
 * `env_key` is refused there: it would send a variable of our process to an address of the caller's choice.
 * @throws SwitchboardError `validation_failed` with one of `errors` per problem.
 */
export function parseProviderEntry(value: unknown, prefix?: string): ProviderEntry {
  refuse([...checkEntry(value, []), ...refusedEnvKey(value)], prefix);
  return completeEntry(value as Record<string, unknown>);
}

/**
 * The same checks for a change of a provider. Answers the given fields alone, as they came.
 * @throws SwitchboardError `validation_failed` with one of `errors` per problem.
 */
export function parseProviderPatch(value: unknown, prefix?: string): ProviderPatch {
  refuse([...checkEntry(value, [], true), ...refusedEnvKey(value)], prefix);
  return value as ProviderPatch;
}

function refusedEnvKey(value: unknown): ShapeProblem[] {
  const given = isRecord(value) && Object.hasOwn(value, 'env_key') && value['env_key'] !== null;
  return given
    ? [{ path: ['env_key'], message: 'comes from the providers file or a strategy, never over the API' }]
    : [];
}

function refuse(problems: readonly ShapeProblem[], prefix: string | undefined): void {
  const [first] = problems;
  if (first === undefined) return;
  const nameOf = (path: FieldPath) => fieldName(prefix === undefined ? path : [prefix, ...path]);
  throw new SwitchboardError('validation_failed', `${nameOf(first.path) || 'body'}: ${first.message}`, {
    errors: problems.map(({ path, message }) => ({ field: nameOf(path), message })),
  });
}

/** The entry of a value that `checkEntry` passed, defaults filled in, field by field. */
export function completeEntry(value: Record<string, unknown>): ProviderEntry {
  const entry = value as { readonly [Field in keyof ProviderEntry]?: ProviderEntry[Field] | null } & {
    readonly slug: string;
    readonly name: string;
    readonly api_base_url: string;
  };
  return {
    slug: entry.slug,
    name: entry.name,
    display_name: entry.display_name ?? entry.name,
    description: entry.description ?? null,
    strategy: entry.strategy ?? 'openai-compatible',
    api_base_url: withoutSlash(entry.api_base_url),
    website: entry.website ?? null,
    documentation_url: entry.documentation_url ?? null,
    logo_url: entry.logo_url ?? null,
    env_key: entry.env_key ?? null,
    capabilities: completeCapabilities(entry.capabilities ?? { chat: DEFAULT_CAPABILITY, content: DEFAULT_CAPABILITY }),
    config: withoutNulls(entry.config ?? {}) as ConfigEntry,
    pricing_info: entry.pricing_info ?? null,
    allow_personal_keys: entry.allow_personal_keys ?? true,
    allow_shared_for_normal_admins: entry.allow_shared_for_normal_admins ?? false,
    is_active: entry.is_active ?? true,
    is_recommended: entry.is_recommended ?? false,
    sort_order: entry.sort_order ?? 1000,
  };
}

type WrittenCapability = Omit<Partial<CapabilityEntry>, 'models'> & {
  readonly models?: readonly (string | StaticModelEntry)[] | null;
};

function completeCapabilities(
  written: Readonly<Partial<Record<Capability, WrittenCapability>>>,
): ProviderEntry['capabilities'] {
  return Object.fromEntries(
    Object.entries(written).map(([name, capability]): [string, CapabilityEntry] => [
      name,
      {
        supported: capability.supported ?? false,
        has_dynamic_models: capability.has_dynamic_models ?? false,
        description: capability.description ?? null,
        ...(capability.models ? { models: capability.models.map(completeModel) } : {}),
      },
    ]),
  );
}

function completeModel(model: string | StaticModelEntry): StaticModelEntry {
  return typeof model === 'string' ? { id: model } : (withoutNulls(model) as StaticModelEntry);
}

function withoutNulls(value: unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, content]) => content !== null)
      .map(([field, content]) => [field, withoutNulls(content)]),
  );
}

function withoutSlash(url: string): string {
  return url.endsWith('/') ? withoutSlash(url.slice(0, -1)) : url;
}
