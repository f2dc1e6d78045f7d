import { Button, Card, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormats } from '../../app/preferences-provider';
import type { Capability, Provider, Selection } from '../../client/types';
import type { MonthUsage } from '../../client/dashboard';
import { CapabilityIcon } from '../../components/capability-icon';
import { Identifier } from '../../components/identifier';
import { PlainText } from '../../components/plain-text';
import { ProviderAvatar } from '../../components/provider-avatar';
import { Stat } from '../../components/stat';
import { Tag } from '../../components/tag';
import classes from './capability-card.module.css';
import { healthOf } from './health';
import { costOf } from './month-figures';
import { ModelPrice } from './model-price';
import { plainString } from '../../text/neutralise';

interface CapabilityCardProps {
  readonly capability: Capability;
  readonly selection: Selection | undefined;
  readonly provider: Provider | undefined;
  readonly usage: MonthUsage | undefined;
}

/** One capability, the one model behind it, and what it did this month. */
export function CapabilityCard({ capability, selection, provider, usage }: CapabilityCardProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const health = healthOf(selection, provider);
  const name = t(`capability.${capability}`);
  return (
    <Card component="article" aria-label={name} className={classes.card ?? ''} padding="md">
      <Group justify="space-between" wrap="nowrap">
        <Group gap={8} wrap="nowrap" c="dimmed">
          <CapabilityIcon capability={capability} />
          <Title order={2} fz="sm" fw={600}>
            {name}
          </Title>
        </Group>
        <Group gap={6} wrap="nowrap">
          {selection?.scope === 'personal' && <Tag tone="info">{t('models.onlyMe')}</Tag>}
          <Tag tone={health.tone} dot>
            {t(`overview.health.${health.state}`)}
          </Tag>
        </Group>
      </Group>
      <div className={classes.model}>
        {selection ? (
          <Group gap={12} wrap="nowrap" align="flex-start">
            <ProviderAvatar slug={selection.provider} name={provider?.display_name ?? selection.provider} size={38} />
            <div style={{ minWidth: 0 }}>
              <Text fw={650} lh={1.35} lineClamp={2} component="div" title={plainString(selection.model_id)}>
                <PlainText value={selection.model_name || selection.model_id} limit={90} />
              </Text>
              <Text size="xs" c="dimmed" truncate component="div">
                <Identifier value={selection.model_id} limit={60} />
              </Text>
            </div>
          </Group>
        ) : (
          <Text c="dimmed" size="sm">
            {t('overview.noModel')}
          </Text>
        )}
      </div>
      <Text size="xs" c="dimmed" className="tabular" component="div" mih={18}>
        {selection && <ModelPrice selection={selection} />}
      </Text>
      <div className={classes.figures}>
        <Stat label={t('overview.requestsMonth')} value={usage ? formats.compact(usage.requests) : '–'} />
        <Stat label={t('overview.costMonth')} value={formats.money(usage ? costOf(usage) : null)} />
      </div>
      <Group gap="xs" grow>
        <Button component={Link} to={`/models?capability=${capability}`} variant="default">
          {selection ? t('overview.change') : t('overview.choose')}
        </Button>
        {selection && (
          <Button component={Link} to={`/playground/${capability}`} variant="light">
            {t('overview.try')}
          </Button>
        )}
      </Group>
    </Card>
  );
}
