import { Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/preferences-provider';
import type { Provider } from '../../client/types';
import { isCallable } from './provider-access';
import { ProviderGrid } from './provider-grid';

const GROUPS = ['callable', 'recommended', 'others'] as const;

const groupOf = (row: Provider): (typeof GROUPS)[number] =>
  isCallable(row) ? 'callable' : row.is_recommended ? 'recommended' : 'others';

/** The few that matter first, apart from the many that could be added. */
export function ProviderGroups({ providers }: { readonly providers: readonly Provider[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Stack gap="xl">
      {GROUPS.map((group) => ({ group, rows: providers.filter((row) => groupOf(row) === group) }))
        .filter(({ rows }) => rows.length > 0)
        .map(({ group, rows }) => (
          <section key={group} aria-labelledby={`providers-${group}`}>
            <Group gap={8} mb="sm" align="baseline">
              <Title order={2} id={`providers-${group}`}>
                {t(`providers.groups.${group}`)}
              </Title>
              <Text size="sm" c="dimmed" className="tabular" component="span">
                {formats.number(rows.length)}
              </Text>
            </Group>
            <ProviderGrid providers={rows} />
          </section>
        ))}
    </Stack>
  );
}
