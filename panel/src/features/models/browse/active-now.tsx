import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Capability, Selection } from '../../../client/types';
import { Identifier } from '../../../components/identifier';
import { PlainText } from '../../../components/plain-text';
import { ProviderAvatar } from '../../../components/provider-avatar';
import { Tag } from '../../../components/tag';
import classes from './active-now.module.css';

/** The model that serves the capability this moment: the shared one, and one's own over it. */
export function ActiveNow({
  capability,
  selections,
}: {
  readonly capability: Capability;
  readonly selections: readonly Selection[];
}) {
  const { t } = useTranslation();
  const active = selections.filter((row) => row.capability === capability && row.is_active);
  return (
    <div className={classes.strip}>
      <Text size="sm" c="dimmed" component="span">
        {t('models.servedBy')}
      </Text>
      {active.length === 0 && <Text size="sm">{t('overview.noModel')}</Text>}
      {active.map((row) => (
        <Group key={row.id} gap={8} wrap="nowrap" style={{ minWidth: 0 }}>
          <ProviderAvatar slug={row.provider} name={row.provider_name} size={24} />
          <Text size="sm" fw={600} component="span" truncate>
            <PlainText value={row.model_name} limit={80} />
          </Text>
          <Text size="xs" c="dimmed" component="span" truncate visibleFrom="sm">
            <Identifier value={`${row.provider}/${row.model_id}`} limit={70} />
          </Text>
          {row.scope === 'personal' && <Tag tone="info">{t('models.onlyMe')}</Tag>}
          {row.warnings.map((warning) => (
            <Tag key={warning.code} tone="caution" title={warning.message}>
              {t(`models.warning.${warning.code as 'no_key'}`, { defaultValue: warning.code })}
            </Tag>
          ))}
        </Group>
      ))}
    </div>
  );
}
