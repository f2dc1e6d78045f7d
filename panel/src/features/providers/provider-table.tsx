import { Anchor, Group, Table, Text } from '@mantine/core';
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

interface ProviderTableProps {
  readonly label: string;
  readonly providers: readonly Provider[];
  /** With the access of the person who looks, too. */
  readonly withAccess?: boolean;
}

/** Providers as lines: what they can do, with which key, how large and how old their catalogs are. */
export function ProviderTable({ label, providers, withAccess = false }: ProviderTableProps) {
  const { t } = useTranslation();
  return (
    <ResponsiveTable
      label={label}
      minWidth={withAccess ? 860 : 700}
      columns={[
        { label: t('providers.name') },
        { label: t('providers.capabilities') },
        { label: t('providers.key') },
        ...(withAccess ? [{ label: t('providers.access') }] : []),
        { label: t('providers.models'), numeric: true },
        { label: t('providers.synced') },
        { label: t('usage.requests'), numeric: true },
      ]}
    >
      {providers.map((provider) => (
        <ProviderLine key={provider.slug} provider={provider} withAccess={withAccess} />
      ))}
    </ResponsiveTable>
  );
}

function ProviderLine({ provider, withAccess }: { readonly provider: Provider; readonly withAccess: boolean }) {
  const formats = useFormats();
  const { catalog } = provider;
  const isKnown = catalog.synced_at !== null || catalog.model_count > 0;
  return (
    <Table.Tr>
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
      {withAccess && (
        <Table.Td>
          <AccessTag provider={provider} />
        </Table.Td>
      )}
      <Table.Td ta="end">{isKnown ? formats.number(catalog.model_count) : '–'}</Table.Td>
      <Table.Td>
        <Text size="xs" c="dimmed" component="span">
          <Timestamp value={catalog.synced_at} />
        </Text>
      </Table.Td>
      <Table.Td ta="end">{formats.number(provider.stats.total_requests)}</Table.Td>
    </Table.Tr>
  );
}
