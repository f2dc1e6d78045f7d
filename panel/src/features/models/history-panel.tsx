import { Card, Select, Stack } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CAPABILITIES, type Capability, capabilityNamed } from '../../client/types';
import { EmptyState } from '../../components/empty-state';
import { EndlessList } from '../../components/endless-list';
import { usePeopleNames } from '../usage/use-people-names';
import { HistoryLine } from './history-line';
import { historyQuery } from './model-queries';

/** Who switched what from what to what. */
export function HistoryPanel() {
  const { t } = useTranslation();
  const [capability, setCapability] = useState<Capability | null>(null);
  const query = useInfiniteQuery(historyQuery(capability));
  const nameOf = usePeopleNames();
  return (
    <Stack gap="md">
      <Select
        value={capability}
        onChange={(value) => setCapability(capabilityNamed(value) ?? null)}
        data={CAPABILITIES.map((value) => ({ value, label: t(`capability.${value}`) }))}
        placeholder={t('providers.anyCapability')}
        aria-label={t('models.capability')}
        clearable
        maw={220}
      />
      <Card padding="md">
        <EndlessList query={query} empty={<EmptyState title={t('models.noHistory')} />}>
          {(events) => (
            <Stack gap={0} component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
              {events.map((event) => (
                <HistoryLine key={event.id} event={event} who={nameOf(event.actor)} />
              ))}
            </Stack>
          )}
        </EndlessList>
      </Card>
    </Stack>
  );
}
