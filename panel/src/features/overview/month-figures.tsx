import { Anchor, Card, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormats } from '../../app/preferences-provider';
import type { Overview } from '../../client/dashboard';
import type { Provider } from '../../client/types';
import { Stat } from '../../components/stat';
import { isCallable } from '../providers/provider-access';

/** The month so far in four figures, and how many providers can be called. */
export function MonthFigures({
  overview,
  providers,
}: {
  readonly overview: Overview;
  readonly providers: readonly Provider[];
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { total } = overview.usage;
  const callable = providers.filter((row) => row.is_active && isCallable(row)).length;
  return (
    <Card component="section" aria-label={t('overview.month')} padding="md">
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="lg">
        <Stat
          size="lg"
          label={t('overview.requestsMonth')}
          value={formats.number(total.requests)}
          hint={
            total.errors > 0
              ? t('overview.failed', { value: formats.percent(total.errors / total.requests) })
              : undefined
          }
        />
        <Stat
          size="lg"
          label={t('overview.costMonth')}
          value={costOf(total) === null ? '–' : formats.money(total.cost_usd)}
          hint={total.unpriced > 0 ? t('usage.someUnknown') : undefined}
        />
        <Stat size="lg" label={t('overview.tokensMonth')} value={formats.compact(total.total_tokens)} />
        <Stat
          size="lg"
          label={t('overview.callable')}
          value={formats.number(callable)}
          hint={
            <Anchor component={Link} to="/providers" fz="inherit">
              {t('overview.ofAll', { value: formats.number(providers.length) })}
            </Anchor>
          }
        />
      </SimpleGrid>
    </Card>
  );
}

/** The known cost; null when not one request has a known price. */
export function costOf(usage: { readonly requests: number; readonly unpriced: number; readonly cost_usd: string }) {
  return usage.requests > 0 && usage.unpriced >= usage.requests ? null : usage.cost_usd;
}
