import { Button, Card, Group, NumberInput, Select, SimpleGrid, Stack, Switch, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { generateImage, type ImageBody, type Target } from '../../../client/generation';
import { EmptyState } from '../../../components/empty-state';
import { ProblemAlert } from '../../../components/problem-alert';
import { LoadingLines } from '../../../components/query-state';
import { CodeButton } from '../code/code-button';
import { imageSnippets } from '../code/snippets';
import { GenerationFacts } from '../generation-facts';
import { TargetPicker } from '../target-picker';
import { useGeneration } from '../use-generation';
import { ImageGallery } from './image-gallery';

const SIZES = ['1024x1024', '1536x1024', '1024x1536', '1200x630', '512x512'];

export function ImagePanel() {
  const { t } = useTranslation();
  const [target, setTarget] = useState<Target>({});
  const form = useForm({
    initialValues: { prompt: '', size: '1024x1024', n: 1 as number | string, save: false },
    validate: { prompt: (value) => (value.trim() ? null : t('form.required')) },
  });
  const { running, answer, latencyMs, error, run, stop } = useGeneration(generateImage);
  const body = (): ImageBody => ({
    prompt: form.values.prompt.trim(),
    size: form.values.size,
    ...(typeof form.values.n === 'number' ? { n: form.values.n } : {}),
    ...(form.values.save ? { save_to_media: true } : {}),
    ...target,
  });
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <Card padding="md" style={{ alignSelf: 'start' }}>
        <form onSubmit={form.onSubmit(() => void run(body()))}>
          <Stack gap="sm">
            <TargetPicker capability="image" value={target} onChange={setTarget} />
            <Textarea
              label={t('playground.prompt')}
              withAsterisk
              autosize
              minRows={3}
              maxRows={10}
              dir="auto"
              {...form.getInputProps('prompt')}
            />
            <SimpleGrid cols={2} spacing="sm">
              <Select
                label={t('playground.size')}
                data={SIZES}
                allowDeselect={false}
                styles={{ input: { direction: 'ltr' } }}
                {...form.getInputProps('size')}
              />
              <NumberInput
                label={t('playground.howMany')}
                min={1}
                max={10}
                allowDecimal={false}
                {...form.getInputProps('n')}
              />
            </SimpleGrid>
            <Switch label={t('playground.save')} {...form.getInputProps('save', { type: 'checkbox' })} />
            <Group justify="space-between">
              <CodeButton snippets={() => imageSnippets(body())} />
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
      <Card padding="md" aria-live="polite" aria-busy={running}>
        <ProblemAlert error={error} />
        {running ? (
          <LoadingLines count={6} />
        ) : answer ? (
          <>
            <ImageGallery images={answer.images} prompt={form.values.prompt} />
            <GenerationFacts facts={answer} latencyMs={latencyMs} />
          </>
        ) : (
          !error && <EmptyState title={t('playground.imageEmpty')} />
        )}
      </Card>
    </SimpleGrid>
  );
}
