import { Button, Checkbox, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { CAPABILITIES } from '../../../client/types';
import type { ProviderEntry } from './provider-entry';

/** The least an OpenAI-compatible provider needs. */
export function ProviderCreateForm({ onReady }: { readonly onReady: (entry: ProviderEntry) => void }) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { name: '', slug: '', api_base_url: '', documentation_url: '', capabilities: ['chat', 'content'] },
    validate: {
      name: (value) => (value.trim() ? null : t('form.required')),
      slug: (value) => (/^[a-z0-9][a-z0-9-]{0,62}$/.test(value) ? null : t('form.slug')),
      api_base_url: (value) => (/^https?:\/\/[^\s/]+/.test(value) ? null : t('form.url')),
    },
  });
  const suggest = (name: string) => {
    form.setFieldValue('name', name);
    if (!form.isTouched('slug')) form.setFieldValue('slug', slugOf(name), { forceUpdate: true });
  };
  return (
    <form
      onSubmit={form.onSubmit((values) =>
        onReady({
          slug: values.slug,
          name: values.name.trim(),
          display_name: values.name.trim(),
          api_base_url: values.api_base_url.trim(),
          ...(values.documentation_url.trim() ? { documentation_url: values.documentation_url.trim() } : {}),
          capabilities: Object.fromEntries(
            values.capabilities.map((capability) => [capability, { supported: true, has_dynamic_models: true }]),
          ),
        }),
      )}
    >
      <Stack>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            label={t('providers.name')}
            withAsterisk
            {...form.getInputProps('name')}
            onChange={(event) => suggest(event.currentTarget.value)}
          />
          <TextInput
            label={t('providers.slug')}
            withAsterisk
            dir="ltr"
            description={t('providers.slugHint')}
            {...form.getInputProps('slug')}
          />
        </SimpleGrid>
        <TextInput
          label={t('providers.baseUrl')}
          withAsterisk
          dir="ltr"
          placeholder="https://api.example.com/v1"
          {...form.getInputProps('api_base_url')}
        />
        <TextInput label={t('providers.documentation')} dir="ltr" {...form.getInputProps('documentation_url')} />
        <Checkbox.Group label={t('providers.capabilities')} {...form.getInputProps('capabilities')}>
          <Group mt="xs">
            {CAPABILITIES.map((capability) => (
              <Checkbox key={capability} value={capability} label={t(`capability.${capability}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        <Group>
          <Button type="submit">{t('providers.preview')}</Button>
        </Group>
      </Stack>
    </form>
  );
}

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
