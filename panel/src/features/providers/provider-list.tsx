import { Anchor, Card, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormats } from '../../app/preferences-provider';
import type { Provider } from '../../client/types';
import { CapabilityMarks } from '../../components/capability-marks';
import { Identifier } from '../../components/identifier';
import { PlainText } from '../../components/plain-text';
import { ProviderAvatar } from '../../components/provider-avatar';
import { ResponsiveTable } from '../../components/responsive-table';
import { Timestamp } from '../../components/timestamp';
import { AccessTag } from './access-tag';
import { KeyStateTag } from './key-state-tag';

export function ProviderList({ providers }: { readonly providers: readonly Provider[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Card padding="md">
      <ResponsiveTable
        label={t('nav.providers')}
        minWidth={860}
        columns={[
          { label: t('providers.name') },
          { label: t('providers.capabilities') },
          { label: t('providers.key') },
          { label: t('providers.access') },
          { label: t('providers.models'), numeric: true },
          { label: t('providers.synced') },
          { label: t('usage.requests'), numeric: true },
        ]}
      >
        {providers.map((provider) => (
          <Table.Tr key={provider.slug}>
            <Table.Td>
              <Group gap={10} wrap="nowrap">
                <ProviderAvatar slug={provider.slug} name={provider.display_name} size={30} />
                <div style={{ minWidth: 0 }}>
                  <Anchor
                    component={Link}
                    to={`/providers/${encodeURIComponent(provider.slug)}`}
                    fw={550}
                    size="sm"
                    c="var(--ink)"
                  >
                    <PlainText value={provider.display_name} limit={60} />
                  </Anchor>
                  <Text size="xs" c="dimmed" component="div">
                    <Identifier value={provider.slug} limit={40} />
                  </Text>
                </div>
              </Group>
            </Table.Td>
            <Table.Td>
              <CapabilityMarks capabilities={provider.capabilities} />
            </Table.Td>
            <Table.Td>
              <KeyStateTag provider={provider} />
            </Table.Td>
            <Table.Td>
              <AccessTag provider={provider} />
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
    </Card>
  );
}
