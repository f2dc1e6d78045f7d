import { Anchor, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormats } from '../../app/preferences-provider';
import type { Provider } from '../../client/types';
import { CapabilityMarks } from '../../components/capability-marks';
import { PlainText } from '../../components/plain-text';
import { ProviderAvatar } from '../../components/provider-avatar';
import { ResponsiveTable } from '../../components/responsive-table';
import { Section } from '../../components/section';
import { Timestamp } from '../../components/timestamp';
import { KeyStateTag } from '../providers/key-state-tag';

/** The providers in use: those with a key or with requests; the rest is a link away. */
export function ProvidersAtAGlance({ providers }: { readonly providers: readonly Provider[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Section
      title={t('overview.providers')}
      actions={
        <Anchor component={Link} to="/providers" size="sm">
          {t('overview.allProviders', { count: providers.length })}
        </Anchor>
      }
    >
      <ResponsiveTable
        label={t('overview.providers')}
        columns={[
          { label: t('providers.name') },
          { label: t('providers.capabilities') },
          { label: t('providers.key') },
          { label: t('providers.models'), numeric: true },
          { label: t('providers.synced') },
          { label: t('usage.requests'), numeric: true },
        ]}
      >
        {inUse(providers).map((provider) => (
          <Table.Tr key={provider.slug}>
            <Table.Td>
              <Group gap={10} wrap="nowrap">
                <ProviderAvatar slug={provider.slug} name={provider.display_name} size={28} />
                <Anchor component={Link} to={`/providers/${provider.slug}`} fw={550} size="sm" c="var(--ink)">
                  <PlainText value={provider.display_name} limit={60} />
                </Anchor>
              </Group>
            </Table.Td>
            <Table.Td>
              <CapabilityMarks capabilities={provider.capabilities} />
            </Table.Td>
            <Table.Td>
              <KeyStateTag provider={provider} />
            </Table.Td>
            <Table.Td ta="end">{formats.number(provider.catalog.model_count)}</Table.Td>
            <Table.Td>
              <Text size="xs" c="dimmed" component="span">
                <Timestamp value={provider.catalog.synced_at} />
              </Text>
            </Table.Td>
            <Table.Td ta="end">{formats.number(provider.stats.total_requests)}</Table.Td>
          </Table.Tr>
        ))}
      </ResponsiveTable>
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
