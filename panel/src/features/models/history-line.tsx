import { Group, Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { HistoryModel, SelectionEvent } from '../../client/models';
import { CapabilityIcon } from '../../components/capability-icon';
import { Identifier } from '../../components/identifier';
import { PlainText } from '../../components/plain-text';
import { Tag } from '../../components/tag';
import { Timestamp } from '../../components/timestamp';
import classes from './history-line.module.css';

export function HistoryLine({ event, who }: { readonly event: SelectionEvent; readonly who: string }) {
  const { t } = useTranslation();
  return (
    <li className={classes.line}>
      <span className={classes.icon}>
        <CapabilityIcon capability={event.capability} />
      </span>
      <div style={{ minWidth: 0, flex: 1 }}>
        <Group gap={8} wrap="wrap">
          <Model model={event.from} />
          <IconArrowRight size={16} className="mirrored" aria-label={t('select.becomes')} role="img" />
          <Model model={event.to} strong />
        </Group>
        <Text size="xs" c="dimmed" component="div">
          {t(`capability.${event.capability}`)} · <PlainText value={who} limit={60} /> · <Timestamp value={event.at} />
          {event.reason && (
            <>
              {' · '}
              <PlainText value={event.reason} limit={120} />
            </>
          )}
        </Text>
      </div>
      {event.action !== 'select' && (
        <Tag>{t(`models.action.${event.action as 'rollback'}`, { defaultValue: event.action })}</Tag>
      )}
    </li>
  );
}

function Model({ model, strong = false }: { readonly model: HistoryModel | null; readonly strong?: boolean }) {
  const { t } = useTranslation();
  if (model === null)
    return (
      <Text size="sm" c="dimmed" component="span">
        {t('overview.noModel')}
      </Text>
    );
  return (
    <Text size="sm" fw={strong ? 600 : 400} component="span" style={{ minWidth: 0 }}>
      <Identifier value={`${model.provider}/${model.model_id}`} limit={90} />
    </Text>
  );
}
