import { Button, Group, NumberInput, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Tagged } from '../../../client/transport';
import type { Provider } from '../../../client/types';
import { ProblemAlert } from '../../../components/problem-alert';
import { Section } from '../../../components/section';
import { ConflictNotice } from '../../../components/conflict-notice';
import { useProviderEdit } from './use-provider-edit';

interface ProviderFormProps {
  /** As the server has it now. */
  readonly latest: Tagged<Provider>;
}

/** Connection, limits and flags. Only what was changed is sent; a change by someone else in between is shown. */
export function ProviderForm({ latest }: ProviderFormProps) {
  const { t } = useTranslation();
  const { form, basis, save, isConflict, reload } = useProviderEdit(latest);
  const originMoves = originOf(form.values.api_base_url) !== originOf(basis.api_base_url);
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
          {isConflict ? (
            <ConflictNotice onReload={() => reload.mutate()} onOverwrite={() => save.mutate({ overwrite: true })} />
          ) : (
            <ProblemAlert error={save.error ?? reload.error} />
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
