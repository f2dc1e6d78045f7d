import { Card, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CAPABILITIES } from '../../client/types';
import { EmptyState } from '../../components/empty-state';
import { QueryState } from '../../components/query-state';
import { selectionsQuery } from './model-queries';
import { ScheduledSwitches } from './scheduled-switches';
import { SelectionTable } from './selection-table';

/** Every selection, by capability: which one is active, which stand in for it. */
export function SelectedPanel() {
  const { t } = useTranslation();
  const query = useQuery(selectionsQuery);
  return (
    <QueryState query={query}>
      {({ data }) =>
        data.length === 0 ? (
          <EmptyState title={t('models.noneSelected')} />
        ) : (
          <Stack gap="lg">
            <ScheduledSwitches />
            {CAPABILITIES.filter((capability) => data.some((row) => row.capability === capability)).map(
              (capability) => (
                <Card key={capability} padding="md">
                  <SelectionTable
                    capability={capability}
                    selections={data.filter((row) => row.capability === capability)}
                  />
                </Card>
              ),
            )}
          </Stack>
        )
      }
    </QueryState>
  );
}
