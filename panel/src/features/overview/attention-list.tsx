import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PlainText } from '../../components/plain-text';
import { Timestamp } from '../../components/timestamp';
import type { Attention } from './attention';

const SHOWN = 3;

/** Drift and other things that want a decision. */
export function AttentionList({ items }: { readonly items: readonly Attention[] }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  if (items.length === 0) return null;
  const shown = all ? items : items.slice(0, SHOWN);
  return (
    <Alert
      color="amber"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={t('overview.attention', { count: items.length })}
    >
      <Stack gap={8}>
        {shown.map((item, index) => (
          <Group key={index} gap="xs" justify="space-between" wrap="wrap">
            <Text size="sm" component="div" c="var(--ink)" style={{ flex: '1 1 240px' }}>
              <Text span fw={600} inherit>
                <PlainText value={item.about} limit={100} />
              </Text>{' '}
              <PlainText value={item.message} limit={240} />
              {item.since && (
                <Text span c="dimmed" size="xs">
                  {' · '}
                  <Timestamp value={item.since} />
                </Text>
              )}
            </Text>
            <Button component={Link} size="compact-xs" variant="default" to={item.to}>
              {t('overview.resolve')}
            </Button>
          </Group>
        ))}
        {items.length > SHOWN && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={() => setAll(!all)}
            style={{ alignSelf: 'flex-start' }}
          >
            {all ? t('common.less') : t('common.moreCount', { count: items.length - SHOWN })}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
