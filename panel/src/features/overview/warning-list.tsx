import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OverviewWarning } from '../../client/dashboard';
import { PlainText } from '../../components/plain-text';
import { Timestamp } from '../../components/timestamp';

const SHOWN = 3;

/** Drift and other things that want a decision. */
export function WarningList({ warnings }: { readonly warnings: readonly OverviewWarning[] }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  if (warnings.length === 0) return null;
  const shown = all ? warnings : warnings.slice(0, SHOWN);
  return (
    <Alert
      color="amber"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={t('overview.attention', { count: warnings.length })}
    >
      <Stack gap={8}>
        {shown.map((warning, index) => (
          <Group key={index} gap="xs" justify="space-between" wrap="wrap">
            <Text size="sm" component="div" c="var(--ink)" style={{ flex: '1 1 240px' }}>
              <PlainText value={warning.message} limit={240} />
              {warning.since && (
                <Text span c="dimmed" size="xs">
                  {' · '}
                  <Timestamp value={warning.since} />
                </Text>
              )}
            </Text>
            <Button component={Link} size="compact-xs" variant="default" to={targetOf(warning)}>
              {t('overview.resolve')}
            </Button>
          </Group>
        ))}
        {warnings.length > SHOWN && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={() => setAll(!all)}
            style={{ alignSelf: 'flex-start' }}
          >
            {all ? t('common.less') : t('common.moreCount', { count: warnings.length - SHOWN })}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

function targetOf(warning: OverviewWarning): string {
  if (warning.code === 'no_key' || warning.code === 'provider_inactive')
    return warning.provider ? `/providers/${encodeURIComponent(warning.provider)}` : '/providers';
  return warning.capability ? `/models?capability=${warning.capability}` : '/models';
}
