import type { Capability, Provider, Selection } from '../../client/types';

/** Something that wants a decision, with the place where it is made. */
export interface Attention {
  readonly message: string;
  readonly since: string | null;
  readonly to: string;
}

/** The shared active selection of a capability. */
export function activeOf(selections: readonly Selection[], capability: Capability): Selection | undefined {
  return selections.find((row) => row.capability === capability && row.is_active && row.scope === 'shared');
}

/** What selections in use and catalogs of keyed providers complain of. */
export function attentionOf(selections: readonly Selection[], providers: readonly Provider[]): readonly Attention[] {
  const ofSelections = selections
    .filter((row) => row.is_active || row.fallback_rank !== null)
    .flatMap((row) =>
      row.warnings.map((warning) => ({
        message: warning.message,
        since: warning.since ?? null,
        to:
          warning.code === 'no_key' || warning.code === 'provider_inactive'
            ? `/providers/${encodeURIComponent(row.provider)}`
            : `/models?capability=${row.capability}`,
      })),
    );
  const ofKeys = providers
    .filter((row) => row.shared_key?.status === 'invalid' || row.shared_key?.status === 'undecryptable')
    .map((row) => ({
      message: row.access_reason ?? row.display_name,
      since: row.shared_key?.validated_at ?? null,
      to: `/providers/${encodeURIComponent(row.slug)}`,
    }));
  const ofCatalogs = providers
    .filter((row) => row.catalog.error !== null && (row.has_shared_key || row.has_personal_key))
    .map((row) => ({
      message: `${row.display_name}: ${row.catalog.error ?? ''}`,
      since: row.catalog.synced_at,
      to: `/providers/${encodeURIComponent(row.slug)}`,
    }));
  const seen = new Set<string>();
  return [...ofSelections, ...ofKeys, ...ofCatalogs].filter(({ message }) => !seen.has(message) && seen.add(message));
}
