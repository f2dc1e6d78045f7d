import { Stack, Text } from '@mantine/core';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type CatalogChange, listChanges } from '../../../client/models';
import { EndlessList } from '../../../components/endless-list';
import { Identifier } from '../../../components/identifier';
import { Section } from '../../../components/section';
import { Tag, type Tone } from '../../../components/tag';
import { Timestamp } from '../../../components/timestamp';
import { AuditChange } from '../../audit/audit-change';
import classes from './changes-section.module.css';

const changesQuery = (provider: string) =>
  infiniteQueryOptions({
    queryKey: ['providers', provider, 'changes'],
    queryFn: ({ signal, pageParam }) => listChanges(provider, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

const TONES: Readonly<Record<CatalogChange['change'], Tone>> = {
  new: 'positive',
  returned: 'positive',
  gone: 'negative',
  price: 'caution',
  context: 'info',
  deprecated: 'caution',
};

/** What syncs found different: new, gone, other prices. */
export function ChangesSection({ slug }: { readonly slug: string }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(changesQuery(slug));
  return (
    <Section title={t('catalog.changes')} description={t('catalog.changesHint')}>
      <EndlessList
        query={query}
        empty={
          <Text size="sm" c="dimmed">
            {t('catalog.noChanges')}
          </Text>
        }
      >
        {(changes) => (
          <Stack component="ul" gap={0} className={classes.list ?? ''} tabIndex={0} aria-label={t('catalog.changes')}>
            {changes.map((change) => (
              <li key={change.id} className={classes.line}>
                <Tag tone={TONES[change.change]}>{t(`catalog.change.${change.change}`)}</Tag>
                <div className={classes.what}>
                  <Identifier value={change.model_id} limit={80} />
                  {(change.change === 'price' || change.change === 'context') && (
                    <AuditChange before={change.before} after={change.after} />
                  )}
                </div>
                <Text size="xs" c="dimmed" component="span">
                  <Timestamp value={change.at} />
                </Text>
              </li>
            ))}
          </Stack>
        )}
      </EndlessList>
    </Section>
  );
}
