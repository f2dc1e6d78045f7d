import { useTranslation } from 'react-i18next';
import type { Provider } from '../../client/types';
import { Tag } from '../../components/tag';

export type KeyState = 'personal' | 'valid' | 'unverified' | 'invalid' | 'environment' | 'missing' | 'notNeeded';

/** The one key state that matters for the person who looks. */
export function keyStateOf(provider: Provider): KeyState {
  const key = provider.shared_key;
  if (key?.status === 'invalid' || key?.status === 'undecryptable') return 'invalid';
  if (provider.has_shared_key) {
    if (key?.source === 'environment') return 'environment';
    return key?.status === 'valid' ? 'valid' : 'unverified';
  }
  if (provider.has_personal_key) return 'personal';
  return provider.slug === 'sandbox' ||
    provider.config['auth'] === 'none' ||
    provider.access_state === 'available_shared'
    ? 'notNeeded'
    : 'missing';
}

const TONES = {
  personal: 'positive',
  valid: 'positive',
  unverified: 'info',
  invalid: 'negative',
  environment: 'positive',
  missing: 'neutral',
  notNeeded: 'neutral',
} as const;

export function KeyStateTag({ provider }: { readonly provider: Provider }) {
  const { t } = useTranslation();
  const state = keyStateOf(provider);
  return (
    <Tag tone={TONES[state]} dot={state !== 'missing' && state !== 'notNeeded'}>
      {t(`providers.keyState.${state}`)}
    </Tag>
  );
}
