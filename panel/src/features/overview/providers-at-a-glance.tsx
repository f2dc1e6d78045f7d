import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Provider } from '../../client/types';
import { Section } from '../../components/section';
import { ProviderTable } from '../providers/provider-table';

/** The providers in use: those with a key or with requests; the rest is a link away. */
export function ProvidersAtAGlance({ providers }: { readonly providers: readonly Provider[] }) {
  const { t } = useTranslation();
  return (
    <Section
      title={t('overview.providers')}
      actions={
        <Anchor component={Link} to="/providers" size="sm">
          {t('overview.allProviders', { count: providers.length })}
        </Anchor>
      }
    >
      <ProviderTable label={t('overview.providers')} providers={inUse(providers)} />
    </Section>
  );
}

function inUse(providers: readonly Provider[]): readonly Provider[] {
  const used = providers.filter((row) => row.has_shared_key || row.has_personal_key || row.stats.total_requests > 0);
  const shown = used.length > 0 ? used : providers.filter((row) => row.is_recommended || row.slug === 'sandbox');
  return [...shown]
    .sort((a, b) => b.stats.total_requests - a.stats.total_requests || a.sort_order - b.sort_order)
    .slice(0, 8);
}
