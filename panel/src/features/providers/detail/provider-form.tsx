import { Button, Group, NumberInput, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../../client/problem';
import { updateProvider } from '../../../client/providers';
import type { Provider } from '../../../client/types';
import { fieldErrorsOf } from '../../../components/form-problems';
import { notifySuccess } from '../../../components/notify';
import { ProblemAlert } from '../../../components/problem-alert';
import { Section } from '../../../components/section';
import { ConflictNotice } from '../../../components/conflict-notice';
import { changesOf, type ProviderValues, valuesOf } from './provider-values';

interface ProviderFormProps {
  readonly provider: Provider;
  readonly tag: string | null;
  readonly onReload: () => void;
}

/** Connection, limits and flags. Only what was changed is sent; a change by someone else in between is shown. */
export function ProviderForm({ provider, tag, onReload }: ProviderFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm<ProviderValues>({ initialValues: valuesOf(provider) });
  const save = useMutation({
    mutationFn: (options: { overwrite: boolean }) =>
      updateProvider(provider.slug, changesOf(provider, form.values), options.overwrite ? null : tag),
    onSuccess: async (updated) => {
      form.setInitialValues(valuesOf(updated));
      form.setValues(valuesOf(updated));
      notifySuccess((updated.warnings ?? []).join(' ') || t('common.saved'));
      await Promise.all([
        client.invalidateQueries({ queryKey: ['providers'] }),
        client.invalidateQueries({ queryKey: ['overview'] }),
      ]);
    },
    onError: (error) => form.setErrors(fieldErrorsOf(error)),
  });
  const conflict = save.error instanceof Problem && save.error.status === 412;
  const originMoves = originOf(form.values.api_base_url) !== originOf(provider.api_base_url);
  return (
    <Section title={t('providers.settings')}>
      <form
        onSubmit={form.onSubmit(() => {
          if (!save.isPending) save.mutate({ overwrite: false });
        })}
      >
        <Stack gap="md">
          <TextInput label={t('providers.displayName')} {...form.getInputProps('display_name')} />
          <TextInput
            label={t('providers.baseUrl')}
            dir="ltr"
            inputMode="url"
            spellCheck={false}
            {...(originMoves ? { description: t('providers.originMoves') } : {})}
            {...form.getInputProps('api_base_url')}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <NumberInput
              label={t('providers.timeout')}
              min={1}
              max={3600}
              allowDecimal={false}
              {...form.getInputProps('timeout')}
            />
            <NumberInput
              label={t('providers.maxRetry')}
              min={0}
              max={10}
              allowDecimal={false}
              {...form.getInputProps('max_retry')}
            />
          </SimpleGrid>
          <Stack gap={10}>
            {(
              [
                'is_active',
                'is_recommended',
                'allow_personal_keys',
                'allow_shared_for_normal_admins',
                'supports_streaming',
              ] as const
            ).map((flag) => (
              <Switch
                key={flag}
                label={t(`providers.flag.${flag}`)}
                {...form.getInputProps(flag, { type: 'checkbox' })}
              />
            ))}
          </Stack>
          {conflict ? (
            <ConflictNotice
              onReload={() => {
                save.reset();
                onReload();
              }}
              onOverwrite={() => save.mutate({ overwrite: true })}
            />
          ) : (
            <ProblemAlert error={save.error} />
          )}
          <Group gap="xs">
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {t('common.save')}
            </Button>
            {form.isDirty() && (
              <Button variant="default" onClick={() => form.reset()}>
                {t('common.discard')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

function originOf(address: string): string {
  try {
    return new URL(address).origin;
  } catch {
    return address;
  }
}
