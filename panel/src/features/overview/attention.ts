import type { TFunction } from 'i18next';
import type { OverviewWarning } from '../../client/dashboard';
import type { Provider } from '../../client/types';

/** Something that wants a decision, with the place where it is made. */
export interface Attention {
  /** The capability and the provider, or the provider alone. */
  readonly about: string;
  readonly message: string;
  readonly since: string | null;
  readonly to: string;
}

/** What the server warns of, and keys that a provider refuses. A capability that nothing serves has its own card. */
export function attentionOf(
  warnings: readonly OverviewWarning[],
  providers: readonly Provider[],
  t: TFunction,
): readonly Attention[] {
  const nameOf = (slug: string) => providers.find((row) => row.slug === slug)?.display_name ?? slug;
  const about = ({ capability, provider }: OverviewWarning): string =>
    [t(`capability.${capability}`), ...(provider === null ? [] : [nameOf(provider)])].join(' · ');
  const known = warnings
    .filter(({ code }) => code !== 'no_active_model')
    .map((warning) => ({
      about: about(warning),
      message: warning.message,
      since: warning.since,
      to: targetOf(warning),
    }));
  const keys = providers
    .filter((row) => row.shared_key?.status === 'invalid' || row.shared_key?.status === 'undecryptable')
    .map((row) => ({
      about: row.display_name,
      message: t(`keys.status.${row.shared_key?.status ?? 'invalid'}`),
      since: row.shared_key?.validated_at ?? null,
      to: `/providers/${encodeURIComponent(row.slug)}`,
    }));
  return [...known, ...keys];
}

function targetOf({ code, capability, provider }: OverviewWarning): string {
  const isOfModel = code.startsWith('model_');
  if (!isOfModel && provider !== null) return `/providers/${encodeURIComponent(provider)}`;
  return capability === null ? '/models' : `/models?capability=${capability}`;
}
