import type { Capability, Selection } from '../../client/types';

/** What serves the person who looks: her own choice, else the shared one. */
export function activeOf(selections: readonly Selection[], capability: Capability): Selection | undefined {
  const active = selections.filter((row) => row.capability === capability && row.is_active);
  return active.find((row) => row.scope === 'personal') ?? active[0];
}
