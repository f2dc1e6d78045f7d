import { NumberInput, Select, SimpleGrid, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ContentBody, generateContent, type Target } from '../../../client/generation';
import { directionOf } from '../../../text/direction';
import { contentSnippets } from '../code/snippets';
import { GenerationFrame } from '../generation-frame';
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
  const generation = useGeneration(generateContent);
  const body = (): ContentBody => ({
    topic: form.values.topic.trim(),
    ...(typeof form.values.word_count === 'number' ? { word_count: form.values.word_count } : {}),
    ...(form.values.tone ? { tone: form.values.tone } : {}),
    ...(form.values.language.trim() ? { language: form.values.language.trim() } : {}),
    ...(form.values.keywords.length > 0 ? { keywords: form.values.keywords } : {}),
    ...target,
  });
  return (
    <GenerationFrame
      capability="content"
      target={target}
      onTarget={setTarget}
      generation={generation}
      onSubmit={form.onSubmit(() => void generation.run(body()))}
      snippets={() => contentSnippets(body())}
      empty={t('playground.contentEmpty')}
      fields={
        <>
          <Textarea
            label={t('playground.topic')}
            withAsterisk
            autosize
            minRows={2}
            maxRows={6}
            dir={directionOf(form.values.topic)}
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
        </>
      }
    >
      {({ answer, latencyMs }) => <ContentPreview answer={answer} latencyMs={latencyMs} />}
    </GenerationFrame>
  );
}
