import { Box, Card, Center, Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { AppearanceControls } from '../../app/shell/appearance-controls';
import { Brand } from '../../app/shell/brand';

interface SignInFrameProps {
  readonly title: string;
  readonly hint: ReactNode;
  readonly children: ReactNode;
}

/** What stands around a form for someone who is not signed in. */
export function SignInFrame({ title, hint, children }: SignInFrameProps) {
  useEffect(() => {
    document.title = `${title} · AI Switchboard`;
  }, [title]);
  return (
    <Box component="main" mih="100dvh" p="md" style={{ display: 'flex', flexDirection: 'column' }}>
      <Group justify="flex-end">
        <AppearanceControls />
      </Group>
      <Center style={{ flex: 1 }}>
        <Box w="100%" maw={400} mb={80}>
          <Group justify="center" mb="xl">
            <Brand />
          </Group>
          <Card padding="xl">
            <Title order={1} fz="lg">
              {title}
            </Title>
            <Text size="sm" c="dimmed" mb="lg" mt={4} component="div">
              {hint}
            </Text>
            {children}
          </Card>
        </Box>
      </Center>
    </Box>
  );
}
