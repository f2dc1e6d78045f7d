import { Alert, Button, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PlainText } from '../../../components/plain-text';
import { parseEntries, type ProviderEntry } from './provider-entry';

const EXAMPLE = `{
  "slug": "example",
  "name": "Example AI",
  "api_base_url": "https://api.example.com/v1",
  "strategy": "openai-compatible",
  "capabilities": { "chat": { "supported": true, "has_dynamic_models": true } }
}`;

export function JsonImport({ onReady }: { readonly onReady: (entries: readonly ProviderEntry[]) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const read = () => {
    try {
      setError(null);
      onReady(parseEntries(text));
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown.message : String(thrown));
    }
  };
  return (
    <Stack>
      <Textarea
        label={t('providers.json')}
        description={t('providers.jsonHint')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={10}
        maxRows={24}
        spellCheck={false}
        placeholder={EXAMPLE}
        styles={{
          input: {
            direction: 'ltr',
            textAlign: 'left',
            fontFamily: 'var(--mantine-font-family-monospace)',
            fontSize: '0.82rem',
          },
        }}
      />
      {error && (
        <Alert role="alert" color="brick" title={t('providers.jsonWrong')}>
          <PlainText value={error} />
        </Alert>
      )}
      <Group>
        <Button onClick={read} disabled={!text.trim()}>
          {t('providers.preview')}
        </Button>
      </Group>
    </Stack>
  );
}
