import type { NewProvider } from '../../../client/providers';
import type { Provider } from '../../../client/types';

/** A provider as it is written in a providers file. */
export type ProviderEntry = NewProvider & Readonly<Record<string, unknown>>;

export interface EntryChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string;
}

export interface EntryPlan {
  readonly entry: ProviderEntry;
  readonly action: 'create' | 'update' | 'same';
  readonly changes: readonly EntryChange[];
}

/** Reads one provider, a list of them, or a file `{ "providers": [...] }`. Throws an `Error` that names what is wrong. */
export function parseEntries(text: string): readonly ProviderEntry[] {
  const parsed: unknown = JSON.parse(text);
  const wrapped = isRecord(parsed) && Array.isArray(parsed['providers']) ? parsed['providers'] : parsed;
  const list: readonly unknown[] = Array.isArray(wrapped) ? wrapped : [wrapped];
  if (list.length === 0) throw new Error('[]');
  return list.map((item, index) => {
    if (!isRecord(item)) throw new Error(`#${index + 1}`);
    for (const field of ['slug', 'name', 'api_base_url'])
      if (typeof item[field] !== 'string' || item[field] === '') throw new Error(`#${index + 1}: ${field}`);
    return item as ProviderEntry;
  });
}

/** What would happen to each entry, against what is there. */
export function planOf(entry: ProviderEntry, existing: Provider | undefined): EntryPlan {
  const before = existing as Readonly<Record<string, unknown>> | undefined;
  const changes = Object.entries(entry)
    .filter(([field]) => field !== 'slug')
    .map(([field, value]) => ({
      field,
      before: before && before[field] !== undefined ? write(before[field]) : null,
      after: write(value),
    }))
    .filter((change) => change.before !== change.after);
  return { entry, changes, action: existing ? (changes.length === 0 ? 'same' : 'update') : 'create' };
}

const write = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
