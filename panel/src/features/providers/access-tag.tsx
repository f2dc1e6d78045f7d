import { useTranslation } from 'react-i18next';
import type { Provider } from '../../client/types';
import { Tag } from '../../components/tag';

const TONES = {
  available_personal: 'positive',
  available_shared: 'positive',
  no_access: 'neutral',
  disabled: 'neutral',
} as const;

/** Whether the person who looks may use it; the reason on hover. */
export function AccessTag({ provider }: { readonly provider: Provider }) {
  const { t } = useTranslation();
  return (
    <Tag
      tone={TONES[provider.access_state] ?? 'neutral'}
      {...(provider.access_reason ? { title: provider.access_reason } : {})}
    >
      {t(`providers.accessState.${provider.access_state}`)}
    </Tag>
  );
}
