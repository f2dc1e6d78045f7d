import { Button, Card, Group, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Target } from '../../../client/generation';
import { TargetPicker } from '../target-picker';
import { SnippetTabs } from './snippet-tabs';
import { embeddingSnippets, transcriptionSnippets } from './snippets';

const SNIPPETS = { embedding: embeddingSnippets, transcription: transcriptionSnippets } as const;

/** A capability that only applications call, with a token: the code for it. */
export function CodePanel({ capability }: { readonly capability: keyof typeof SNIPPETS }) {
  const { t } = useTranslation();
  const [target, setTarget] = useState<Target>({});
  return (
    <Card padding="md" maw={860}>
      <Stack gap="md">
        <TargetPicker capability={capability} value={target} onChange={setTarget} />
        <Group justify="space-between" gap="sm">
          <Text size="sm" c="dimmed" style={{ flex: '1 1 280px' }}>
            {t('playground.onlyByCode')} {t('playground.codeHint')}
          </Text>
          <Button component={Link} to="/tokens" variant="light" leftSection={<IconKey size={16} />}>
            {t('playground.toTokens')}
          </Button>
        </Group>
        <SnippetTabs key={capability} snippets={SNIPPETS[capability](target)} />
      </Stack>
    </Card>
  );
}
