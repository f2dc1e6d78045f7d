import { Card, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormats } from '../../app/preferences-provider';
import type { Provider } from '../../client/types';
import { CapabilityMarks } from '../../components/capability-marks';
import { Identifier } from '../../components/identifier';
import { PlainText } from '../../components/plain-text';
import { ProviderAvatar } from '../../components/provider-avatar';
import { Tag } from '../../components/tag';
import { Timestamp } from '../../components/timestamp';
import { KeyStateTag } from './key-state-tag';
import classes from './provider-grid.module.css';

export function ProviderGrid({ providers }: { readonly providers: readonly Provider[] }) {
  return (
    <ul className={classes.grid}>
      {providers.map((provider) => (
        <li key={provider.slug}>
          <ProviderCard provider={provider} />
        </li>
      ))}
    </ul>
  );
}

function ProviderCard({ provider }: { readonly provider: Provider }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { catalog } = provider;
  const isKnown = catalog.synced_at !== null || catalog.model_count > 0;
  return (
    <Card
      component={Link}
      to={`/providers/${encodeURIComponent(provider.slug)}`}
      padding="md"
      className={classes.card ?? ''}
      data-off={!provider.is_active || undefined}
    >
      <Group gap={12} wrap="nowrap" align="flex-start">
        <ProviderAvatar slug={provider.slug} name={provider.display_name} size={40} />
        <div style={{ minWidth: 0, flex: 1 }}>
          <Title order={3} fz="md" fw={600} lh={1.35}>
            <Text inherit truncate component="div">
              <PlainText value={provider.display_name} limit={60} />
            </Text>
          </Title>
          <Text size="xs" c="dimmed" truncate component="div">
            <Identifier value={provider.slug} limit={40} />
          </Text>
        </div>
        {!provider.is_active ? (
          <Tag>{t('providers.off')}</Tag>
        ) : provider.is_recommended ? (
          <Tag tone="accent">{t('providers.recommended')}</Tag>
        ) : null}
      </Group>
      <Group justify="space-between" wrap="nowrap" mt={14}>
        <KeyStateTag provider={provider} />
        <CapabilityMarks capabilities={provider.capabilities} />
      </Group>
      <div className={classes.foot}>
        {isKnown && (
          <span className="tabular">
            {t('providers.modelCount', { count: catalog.model_count, formatted: formats.number(catalog.model_count) })}
          </span>
        )}
        {catalog.error ? (
          <Tag tone="negative">{t('providers.syncFailed')}</Tag>
        ) : catalog.synced_at ? (
          <Timestamp value={catalog.synced_at} />
        ) : (
          <span>{t('providers.neverSynced')}</span>
        )}
      </div>
    </Card>
  );
}
