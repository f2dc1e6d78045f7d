import { Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type Capability, capabilityNamed, type Provider, type Selection } from '../../../client/types';
import { EmptyState } from '../../../components/empty-state';
import { QueryState } from '../../../components/query-state';
import { selectionsQuery } from '../model-queries';
import { providersQuery } from '../../providers/provider-queries';
import { ActiveNow } from './active-now';
import { CapabilityChoice } from './capability-choice';
import { CatalogBrowser } from './catalog-browser';
import { ProviderChoice } from './provider-choice';

/** Capability, then provider, then the catalog; both choices live in the address. */
export function BrowsePanel() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const providers = useQuery(providersQuery);
  const selections = useQuery(selectionsQuery);
  const capability = capabilityNamed(params.get('capability')) ?? 'chat';
  const choose = (name: string, value: string) =>
    setParams(
      (previous) => {
        const next = new URLSearchParams(previous);
        next.set(name, value);
        return next;
      },
      { replace: true },
    );
  return (
    <QueryState query={providers}>
      {({ data }) => {
        const rows = selections.data?.data ?? [];
        const able = data.filter(
          (row) => row.capabilities[capability]?.supported || row.slug === params.get('provider'),
        );
        const provider = able.find((row) => row.slug === params.get('provider')) ?? preferred(able, rows, capability);
        return (
          <Stack gap="md">
            <Group gap="md" align="flex-end">
              <CapabilityChoice value={capability} onChange={(value) => choose('capability', value)} />
              {provider && (
                <ProviderChoice providers={able} value={provider.slug} onChange={(slug) => choose('provider', slug)} />
              )}
            </Group>
            <ActiveNow capability={capability} selections={rows} />
            {provider ? (
              <CatalogBrowser
                key={`${provider.slug}/${capability}`}
                provider={provider}
                capability={capability}
                selections={rows}
              />
            ) : (
              <EmptyState title={t('models.noProvider')} />
            )}
          </Stack>
        );
      }}
    </QueryState>
  );
}

/** Where most people want to begin: the provider in use, else one with a key, else the first. */
function preferred(
  providers: readonly Provider[],
  selections: readonly Selection[],
  capability: Capability,
): Provider | undefined {
  const active = selections.find((row) => row.capability === capability && row.is_active && row.provider !== 'sandbox');
  return (
    providers.find((row) => row.slug === active?.provider) ??
    providers.find((row) => row.has_shared_key || row.has_personal_key) ??
    providers.find((row) => row.is_recommended) ??
    providers[0]
  );
}
