import type { OverviewWarning } from '../../client/dashboard';
import type { Provider } from '../../client/types';

/** Something that wants a decision, with the place where it is made. */
export interface Attention {
  readonly message: string;
  readonly since: string | null;
  readonly to: string;
}

/** What the server warns of, and keys that a provider refuses. A capability that nothing serves has its own card. */
export function attentionOf(
  warnings: readonly OverviewWarning[],
  providers: readonly Provider[],
): readonly Attention[] {
  const known = warnings
    .filter(({ code }) => code !== 'no_active_model')
    .map((warning) => ({ message: warning.message, since: warning.since, to: targetOf(warning) }));
  const keys = providers
    .filter((row) => row.shared_key?.status === 'invalid' || row.shared_key?.status === 'undecryptable')
    .map((row) => ({
      message: `${row.display_name}: ${row.shared_key?.status ?? ''}`,
      since: row.shared_key?.validated_at ?? null,
      to: `/providers/${encodeURIComponent(row.slug)}`,
    }));
  return [...known, ...keys];
}

function targetOf({ code, capability, provider }: OverviewWarning): string {
  const isOfModel = code === 'model_missing' || code === 'model_deprecated';
  if (!isOfModel && provider !== null) return `/providers/${encodeURIComponent(provider)}`;
  return capability === null ? '/models' : `/models?capability=${capability}`;
}
