import {
  Button,
  Card,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AudioBody, generateAudio, type Target } from '../../../client/generation';
import { EmptyState } from '../../../components/empty-state';
import { ProblemAlert } from '../../../components/problem-alert';
import { LoadingLines } from '../../../components/query-state';
import { CodeButton } from '../code/code-button';
import { audioSnippets } from '../code/snippets';
import { GenerationFacts } from '../generation-facts';
import { TargetPicker } from '../target-picker';
import { useGeneration } from '../use-generation';
import { AudioResult } from './audio-result';

const FORMATS = ['mp3', 'wav', 'opus', 'aac', 'flac'] as const;

export function AudioPanel() {
  const { t } = useTranslation();
  const [target, setTarget] = useState<Target>({});
  const form = useForm({
    initialValues: {
      text: '',
      voice: '',
      speed: '' as number | string,
      format: null as (typeof FORMATS)[number] | null,
      save: false,
    },
    validate: { text: (value) => (value.trim() ? null : t('form.required')) },
  });
  const { running, answer, latencyMs, error, run, stop } = useGeneration(generateAudio);
  const body = (): AudioBody => ({
    text: form.values.text.trim(),
    ...(form.values.voice.trim() ? { voice: form.values.voice.trim() } : {}),
    ...(typeof form.values.speed === 'number' ? { speed: form.values.speed } : {}),
    ...(form.values.format ? { format: form.values.format } : {}),
    ...(form.values.save ? { save_to_media: true } : {}),
    ...target,
  });
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <Card padding="md" style={{ alignSelf: 'start' }}>
        <form onSubmit={form.onSubmit(() => void run(body()))}>
          <Stack gap="sm">
            <TargetPicker capability="audio" value={target} onChange={setTarget} />
            <Textarea
              label={t('playground.text')}
              withAsterisk
              autosize
              minRows={3}
              maxRows={10}
              dir="auto"
              {...form.getInputProps('text')}
            />
            <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="sm">
              <TextInput
                label={t('playground.voice')}
                placeholder="alloy"
                dir="ltr"
                spellCheck={false}
                {...form.getInputProps('voice')}
              />
              <NumberInput
                label={t('playground.speed')}
                min={0.25}
                max={4}
                step={0.25}
                {...form.getInputProps('speed')}
              />
              <Select label={t('playground.format')} data={[...FORMATS]} clearable {...form.getInputProps('format')} />
            </SimpleGrid>
            <Switch label={t('playground.save')} {...form.getInputProps('save', { type: 'checkbox' })} />
            <Group justify="space-between">
              <CodeButton snippets={() => audioSnippets(body())} />
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
          <LoadingLines count={3} />
        ) : answer ? (
          <>
            <AudioResult audio={answer.audio} />
            <GenerationFacts facts={answer} latencyMs={latencyMs} />
          </>
        ) : (
          !error && <EmptyState title={t('playground.audioEmpty')} />
        )}
      </Card>
    </SimpleGrid>
  );
}
