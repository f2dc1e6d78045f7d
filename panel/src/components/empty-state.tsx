import { Stack, Text, ThemeIcon } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly title: string;
  readonly detail?: ReactNode;
  readonly icon?: ReactNode;
  readonly action?: ReactNode;
}

export function EmptyState({ title, detail, icon, action }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      <ThemeIcon variant="light" color="gray" size={48} radius="xl" aria-hidden>
        {icon ?? <IconInbox size={24} stroke={1.6} />}
      </ThemeIcon>
      <Text fw={600}>{title}</Text>
      {detail && (
        <Text c="dimmed" size="sm" maw={460} component="div">
          {detail}
        </Text>
      )}
      {action}
    </Stack>
  );
}
