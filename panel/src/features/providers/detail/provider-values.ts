import type { Provider } from '../../../client/types';

export interface ProviderValues {
  readonly display_name: string;
  readonly api_base_url: string;
  readonly timeout: number | string;
  readonly max_retry: number | string;
  readonly supports_streaming: boolean;
  readonly is_active: boolean;
  readonly is_recommended: boolean;
  readonly allow_personal_keys: boolean;
  readonly allow_shared_for_normal_admins: boolean;
}

export function valuesOf(provider: Provider): ProviderValues {
  const { config } = provider;
  return {
    display_name: provider.display_name,
    api_base_url: provider.api_base_url,
    timeout: typeof config['timeout'] === 'number' ? config['timeout'] : '',
    max_retry: typeof config['max_retry'] === 'number' ? config['max_retry'] : '',
    supports_streaming: config['supports_streaming'] !== false,
    is_active: provider.is_active,
    is_recommended: provider.is_recommended,
    allow_personal_keys: provider.allow_personal_keys,
    allow_shared_for_normal_admins: provider.allow_shared_for_normal_admins,
  };
}

const CONFIG_FIELDS = ['timeout', 'max_retry', 'supports_streaming'] as const;
const ROW_FIELDS = [
  'display_name',
  'api_base_url',
  'is_active',
  'is_recommended',
  'allow_personal_keys',
  'allow_shared_for_normal_admins',
] as const;

/** What was typed over an old state, on top of a new one: untouched fields follow the server. */
export function rebased(old: Provider, typed: ProviderValues, fresh: Provider): ProviderValues {
  const before = valuesOf(old);
  const mine = Object.entries(typed).filter(([field, value]) => value !== before[field as keyof ProviderValues]);
  return { ...valuesOf(fresh), ...(Object.fromEntries(mine) as Partial<ProviderValues>) };
}

/** The body of the `PATCH`: what differs from the row. In `config`, null removes a field. */
export function changesOf(provider: Provider, values: ProviderValues): Record<string, unknown> {
  const before = valuesOf(provider);
  const changes: Record<string, unknown> = {};
  for (const field of ROW_FIELDS) if (values[field] !== before[field]) changes[field] = values[field];
  const config: Record<string, unknown> = {};
  for (const field of CONFIG_FIELDS)
    if (values[field] !== before[field]) config[field] = values[field] === '' ? null : values[field];
  if (Object.keys(config).length > 0) changes['config'] = config;
  return changes;
}
