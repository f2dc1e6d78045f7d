import { NumberInput, Select, SimpleGrid, Switch, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AudioBody, generateAudio, type Target } from '../../../client/generation';
import { directionOf } from '../../../text/direction';
import { audioSnippets } from '../code/snippets';
import { GenerationFacts } from '../generation-facts';
import { GenerationFrame } from '../generation-frame';
import { useGeneration } from '../use-generation';
import { AudioResult } from './audio-result';

const FORMATS = ['mp3', 'wav', 'opus', 'aac', 'flac'] as const;

/** Speech from a text, with a player. */
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
  const generation = useGeneration(generateAudio);
  const body = (): AudioBody => ({
    text: form.values.text.trim(),
    ...(form.values.voice.trim() ? { voice: form.values.voice.trim() } : {}),
    ...(typeof form.values.speed === 'number' ? { speed: form.values.speed } : {}),
    ...(form.values.format ? { format: form.values.format } : {}),
    ...(form.values.save ? { save_to_media: true } : {}),
    ...target,
  });
  return (
    <GenerationFrame
      capability="audio"
      target={target}
      onTarget={setTarget}
      generation={generation}
      onSubmit={form.onSubmit(() => void generation.run(body()))}
      snippets={() => audioSnippets(body())}
      empty={t('playground.audioEmpty')}
      fields={
        <>
          <Textarea
            label={t('playground.text')}
            withAsterisk
            autosize
            minRows={3}
            maxRows={10}
            dir={directionOf(form.values.text)}
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
            <Select
              label={t('playground.format')}
              placeholder={t('playground.asProvider')}
              data={[...FORMATS]}
              clearable
              {...form.getInputProps('format')}
            />
          </SimpleGrid>
          <Switch label={t('playground.save')} {...form.getInputProps('save', { type: 'checkbox' })} />
        </>
      }
    >
      {({ answer, latencyMs }) => (
        <>
          <AudioResult audio={answer.audio} />
          <GenerationFacts facts={answer} latencyMs={latencyMs} />
        </>
      )}
    </GenerationFrame>
  );
}
