import { NumberInput, Select, SimpleGrid, Switch, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { generateImage, type ImageBody, type Target } from '../../../client/generation';
import { directionOf } from '../../../text/direction';
import { imageSnippets } from '../code/snippets';
import { GenerationFacts } from '../generation-facts';
import { GenerationFrame } from '../generation-frame';
import { useGeneration } from '../use-generation';
import { ImageGallery } from './image-gallery';

const SIZES = ['1024x1024', '1536x1024', '1024x1536', '1200x630', '512x512'];

/** Pictures from a description; those of before stay below as long as the page does. */
export function ImagePanel() {
  const { t } = useTranslation();
  const [target, setTarget] = useState<Target>({});
  const form = useForm({
    initialValues: { prompt: '', size: '1024x1024', n: 1 as number | string, save: false },
    validate: { prompt: (value) => (value.trim() ? null : t('form.required')) },
  });
  const generation = useGeneration(generateImage);
  const body = (): ImageBody => ({
    prompt: form.values.prompt.trim(),
    size: form.values.size,
    ...(typeof form.values.n === 'number' ? { n: form.values.n } : {}),
    ...(form.values.save ? { save_to_media: true } : {}),
    ...target,
  });
  return (
    <GenerationFrame
      capability="image"
      target={target}
      onTarget={setTarget}
      generation={generation}
      onSubmit={form.onSubmit(() => void generation.run(body()))}
      snippets={() => imageSnippets(body())}
      empty={t('playground.imageEmpty')}
      keeps
      fields={
        <>
          <Textarea
            label={t('playground.prompt')}
            withAsterisk
            autosize
            minRows={3}
            maxRows={10}
            dir={directionOf(form.values.prompt)}
            {...form.getInputProps('prompt')}
          />
          <SimpleGrid cols={2} spacing="sm">
            <Select label={t('playground.size')} data={SIZES} allowDeselect={false} {...form.getInputProps('size')} />
            <NumberInput
              label={t('playground.howMany')}
              min={1}
              max={10}
              allowDecimal={false}
              {...form.getInputProps('n')}
            />
          </SimpleGrid>
          <Switch label={t('playground.save')} {...form.getInputProps('save', { type: 'checkbox' })} />
        </>
      }
    >
      {(result) => (
        <>
          <ImageGallery images={result.answer.images} prompt={result.body.prompt} />
          <GenerationFacts facts={result.answer} latencyMs={result.latencyMs} />
        </>
      )}
    </GenerationFrame>
  );
}
