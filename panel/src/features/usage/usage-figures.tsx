import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/preferences-provider';
import type { UsageRow } from '../../client/usage';
import { Stat } from '../../components/stat';
import { costOf, sumOf, valueOf } from './series';

export function UsageFigures({ rows }: { readonly rows: readonly UsageRow[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const requests = sumOf(rows, 'requests');
  const errors = sumOf(rows, 'errors');
  const tokens = rows.reduce((sum, row) => sum + valueOf(row, 'tokens'), 0);
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }}>
      <Stat size="lg" label={t('usage.requests')} value={formats.number(requests)} />
      <Stat
        size="lg"
        label={t('usage.cost')}
        value={formats.money(costOf(rows))}
        hint={sumOf(rows, 'unpriced') > 0 ? t('usage.someUnknown') : undefined}
      />
      <Stat size="lg" label={t('usage.tokens')} value={formats.compact(tokens)} />
      <Stat
        size="lg"
        label={t('usage.errors')}
        value={formats.number(errors)}
        hint={requests > 0 ? formats.percent(errors / requests) : undefined}
      />
    </SimpleGrid>
  );
}
