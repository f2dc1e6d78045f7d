import { Alert, Button, Group, SimpleGrid, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../app/preferences-provider';
import { useIsSuperadmin } from '../../../app/session-provider';
import { syncModels } from '../../../client/models';
import type { Provider } from '../../../client/types';
import { PlainText } from '../../../components/plain-text';
import { ProblemAlert } from '../../../components/problem-alert';
import { Section } from '../../../components/section';
import { Stat } from '../../../components/stat';
import { Tag } from '../../../components/tag';
import { Timestamp } from '../../../components/timestamp';
import { SyncSummary } from './sync-summary';

/** How large and how old the catalog is, and a button that asks the provider now. */
export function CatalogSection({ provider }: { readonly provider: Provider }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const isSuperadmin = useIsSuperadmin();
  const client = useQueryClient();
  const sync = useMutation({
    mutationFn: () => syncModels({ provider: provider.slug }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['providers'] });
      void client.invalidateQueries({ queryKey: ['catalog', provider.slug] });
    },
  });
  const { catalog } = provider;
  return (
    <Section
      title={t('catalog.title')}
      actions={
        isSuperadmin && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} />}
            loading={sync.isPending}
            onClick={() => sync.mutate()}
          >
            {t('catalog.syncNow')}
          </Button>
        )
      }
    >
      <Stack gap="md">
        <SimpleGrid cols={3}>
          <Stat label={t('catalog.models')} value={formats.number(catalog.model_count)} />
          <Stat label={t('catalog.synced')} value={<Timestamp value={catalog.synced_at} />} />
          <Stat label={t('usage.requests')} value={formats.number(provider.stats.total_requests)} />
        </SimpleGrid>
        {catalog.stale && catalog.synced_at !== null && (
          <Group>
            <Tag tone="caution">{t('catalog.stale')}</Tag>
          </Group>
        )}
        {catalog.error && (
          <Alert color="brick" variant="light" title={t('catalog.lastFailed')}>
            <PlainText value={catalog.error} />
          </Alert>
        )}
        <div role="status" style={{ display: 'contents' }}>
          {sync.isPending && t('catalog.syncing')}
          {sync.data?.results.map((result) => (
            <SyncSummary key={result.provider} result={result} />
          ))}
        </div>
        <ProblemAlert error={sync.error} />
      </Stack>
    </Section>
  );
}
