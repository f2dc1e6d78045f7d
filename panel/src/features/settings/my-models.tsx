import { Anchor, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CAPABILITIES } from '../../client/types';
import { QueryState } from '../../components/query-state';
import { Section } from '../../components/section';
import { selectionsQuery } from '../models/model-queries';
import { SelectionTable } from '../models/selection-table';

/** The models that serve only oneself, before the shared ones. */
export function MyModels() {
  const { t } = useTranslation();
  const query = useQuery(selectionsQuery);
  return (
    <Section
      title={t('settings.myModels')}
      description={t('settings.myModelsHint')}
      actions={
        <Anchor component={Link} to="/models" size="sm">
          {t('overview.first.modelAction')}
        </Anchor>
      }
    >
      <QueryState query={query}>
        {({ data }) => {
          const mine = data.filter((row) => row.scope === 'personal');
          return mine.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('settings.noModels')}
            </Text>
          ) : (
            <Stack gap="md">
              {CAPABILITIES.filter((capability) => mine.some((row) => row.capability === capability)).map(
                (capability) => (
                  <SelectionTable
                    key={capability}
                    capability={capability}
                    selections={mine.filter((row) => row.capability === capability)}
                  />
                ),
              )}
            </Stack>
          );
        }}
      </QueryState>
    </Section>
  );
}
