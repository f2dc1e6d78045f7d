import {
  Button,
  Card,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ContentBody, generateContent, type Target } from '../../../client/generation';
import { EmptyState } from '../../../components/empty-state';
import { ProblemAlert } from '../../../components/problem-alert';
import { LoadingLines } from '../../../components/query-state';
import { CodeButton } from '../code/code-button';
import { contentSnippets } from '../code/snippets';
import { TargetPicker } from '../target-picker';
import { useGeneration } from '../use-generation';
import { ContentPreview } from './content-preview';

const TONES = ['professional', 'friendly', 'enthusiastic', 'formal', 'humorous'] as const;

/** An article from a topic, shown as it would stand on a page and in a search result. */
export function ContentPanel() {
  const { t } = useTranslation();
  const [target, setTarget] = useState<Target>({});
  const form = useForm({
    initialValues: {
      topic: '',
      word_count: 600 as number | string,
      tone: 'professional' as string | null,
      language: '',
      keywords: [] as string[],
    },
    validate: { topic: (value) => (value.trim() ? null : t('form.required')) },
  });
  const { running, answer, latencyMs, error, run, stop } = useGeneration(generateContent);
  const body = (): ContentBody => ({
    topic: form.values.topic.trim(),
    ...(typeof form.values.word_count === 'number' ? { word_count: form.values.word_count } : {}),
    ...(form.values.tone ? { tone: form.values.tone } : {}),
    ...(form.values.language.trim() ? { language: form.values.language.trim() } : {}),
    ...(form.values.keywords.length > 0 ? { keywords: form.values.keywords } : {}),
    ...target,
  });
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <Card padding="md" style={{ alignSelf: 'start' }}>
        <form onSubmit={form.onSubmit(() => void run(body()))}>
          <Stack gap="sm">
            <TargetPicker capability="content" value={target} onChange={setTarget} />
            <Textarea
              label={t('playground.topic')}
              withAsterisk
              autosize
              minRows={2}
              maxRows={6}
              dir="auto"
              {...form.getInputProps('topic')}
            />
            <SimpleGrid cols={2} spacing="sm">
              <NumberInput
                label={t('playground.words')}
                min={50}
                max={10_000}
                step={50}
                allowDecimal={false}
                {...form.getInputProps('word_count')}
              />
              <Select
                label={t('playground.tone')}
                clearable
                data={TONES.map((value) => ({ value, label: t(`playground.tones.${value}`) }))}
                {...form.getInputProps('tone')}
              />
            </SimpleGrid>
            <TextInput
              label={t('playground.language')}
              placeholder={t('playground.languageHint')}
              {...form.getInputProps('language')}
            />
            <TagsInput
              label={t('playground.keywords')}
              placeholder={t('playground.keywordsHint')}
              maxTags={20}
              {...form.getInputProps('keywords')}
            />
            <Group justify="space-between">
              <CodeButton snippets={() => contentSnippets(body())} />
              {running ? (
                <Button variant="default" onClick={stop}>
                  {t('playground.stop')}
                </Button>
              ) : (
                <Button type="submit">{t('playground.generate')}</Button>
              )}
            </Group>
          </Stack>
        </form>
      </Card>
      <Card padding="lg" aria-live="polite" aria-busy={running}>
        <ProblemAlert error={error} />
        {running ? (
          <LoadingLines count={7} />
        ) : answer ? (
          <ContentPreview answer={answer} latencyMs={latencyMs} />
        ) : (
          !error && <EmptyState title={t('playground.contentEmpty')} />
        )}
      </Card>
    </SimpleGrid>
  );
}
