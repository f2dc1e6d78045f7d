import { Group, Select } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CAPABILITIES, type Capability, capabilityNamed } from '../../client/types';
import { EmptyState } from '../../components/empty-state';
import { EndlessList } from '../../components/endless-list';
import { ResponsiveTable } from '../../components/responsive-table';
import { Section } from '../../components/section';
import { providersQuery } from '../providers/provider-queries';
import { LedgerLine } from './ledger-line';
import { usePeopleNames } from './use-people-names';
import { ledgerQuery } from './usage-queries';
import { plainString } from '../../text/neutralise';

const STATES = ['ok', 'error', 'aborted'] as const;

/** Every call, newest first, page by page. */
export function Ledger() {
  const { t } = useTranslation();
  const [capability, setCapability] = useState<Capability | null>(null);
  const [provider, setProvider] = useState<string | null>(null);
  const [status, setStatus] = useState<(typeof STATES)[number] | null>(null);
  const query = useInfiniteQuery(ledgerQuery({ capability, provider, status }));
  const providers = useQuery(providersQuery);
  const nameOf = usePeopleNames();
  return (
    <Section
      title={t('usage.ledger')}
      description={t('usage.ledgerHint')}
      actions={
        <Group gap="xs">
          <Select
            size="xs"
            w={130}
            clearable
            value={capability}
            onChange={(value) => setCapability(capabilityNamed(value) ?? null)}
            placeholder={t('providers.anyCapability')}
            aria-label={t('models.capability')}
            data={CAPABILITIES.map((value) => ({ value, label: t(`capability.${value}`) }))}
          />
          <Select
            size="xs"
            w={150}
            clearable
            searchable
            value={provider}
            onChange={setProvider}
            placeholder={t('usage.anyProvider')}
            aria-label={t('models.provider')}
            data={(providers.data?.data ?? []).map((row) => ({
              value: row.slug,
              label: plainString(row.display_name),
            }))}
          />
          <Select
            size="xs"
            w={130}
            clearable
            value={status}
            onChange={(value) => setStatus(STATES.find((name) => name === value) ?? null)}
            placeholder={t('usage.anyStatus')}
            aria-label={t('usage.status')}
            data={STATES.map((value) => ({ value, label: t(`usage.state.${value}`) }))}
          />
        </Group>
      }
    >
      <EndlessList query={query} empty={<EmptyState title={t('usage.empty')} detail={t('usage.emptyHint')} />}>
        {(rows) => (
          <ResponsiveTable
            label={t('usage.ledger')}
            minWidth={900}
            columns={[
              { label: t('usage.when') },
              { label: t('usage.what') },
              { label: t('usage.who') },
              { label: t('usage.status') },
              { label: t('usage.tokens'), numeric: true },
              { label: t('usage.cost'), numeric: true },
              { label: t('usage.time'), numeric: true },
            ]}
          >
            {rows.map((row) => (
              <LedgerLine key={row.request_id} row={row} who={nameOf(row.admin)} />
            ))}
          </ResponsiveTable>
        )}
      </EndlessList>
    </Section>
  );
}
