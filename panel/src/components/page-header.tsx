import { Box, Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { plainString } from '../text/neutralise';
import { PlainText } from './plain-text';

interface PageHeaderProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly before?: ReactNode;
}

/** Top of every page; names the browser tab too. */
export function PageHeader({ title, description, actions, before }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${plainString(title)} · AI Switchboard`;
  }, [title]);
  return (
    <Group justify="space-between" align="flex-end" gap="md" mb="lg" wrap="wrap">
      <Group gap="md" wrap="nowrap" style={{ minWidth: 0 }}>
        {before}
        <Box style={{ minWidth: 0 }}>
          <Title order={1}>
            <PlainText value={title} limit={120} />
          </Title>
          {description && (
            <Text c="dimmed" size="sm" mt={4} component="div">
              {description}
            </Text>
          )}
        </Box>
      </Group>
      {actions && <Group gap="sm">{actions}</Group>}
    </Group>
  );
}
