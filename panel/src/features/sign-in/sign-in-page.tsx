import { Box, Card, Center, Group, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { AppearanceControls } from '../../app/shell/appearance-controls';
import { Brand } from '../../app/shell/brand';
import { SignInForm } from './sign-in-form';

export function SignInPage({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${t('signIn.title')} · AI Switchboard`;
  }, [t]);
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
              {t('signIn.title')}
            </Title>
            <Text size="sm" c="dimmed" mb="lg" mt={4}>
              {t('signIn.hint')}
            </Text>
            <SignInForm onSignedIn={onSignedIn} />
          </Card>
        </Box>
      </Center>
    </Box>
  );
}
