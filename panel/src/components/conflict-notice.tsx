import { Alert, Button, Group, Text } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface ConflictNoticeProps {
  readonly onReload: () => void;
  readonly onOverwrite: () => void;
}

/** 412: someone else saved in between. What was typed stays until a choice is made. */
export function ConflictNotice({ onReload, onOverwrite }: ConflictNoticeProps) {
  const { t } = useTranslation();
  return (
    <Alert role="alert" color="amber" icon={<IconGitMerge size={18} />} title={t('conflict.title')}>
      <Text size="sm" mb="sm" c="var(--ink)">
        {t('conflict.detail')}
      </Text>
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={onReload}>
          {t('conflict.reload')}
        </Button>
        <Button size="xs" variant="default" onClick={onOverwrite}>
          {t('conflict.overwrite')}
        </Button>
      </Group>
    </Alert>
  );
}
