import { Button, Checkbox, MultiSelect, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { createToken, type Scope, SCOPES } from '../../client/tokens';
import { Dialog } from '../../components/dialog';
import { CAPABILITIES } from '../../client/types';
import { fieldErrorsOf, isMoney } from '../../components/form-problems';
import { FormButtons } from '../../components/form-buttons';
import { ProblemAlert } from '../../components/problem-alert';
import { ShownOnce } from '../../components/shown-once';
import { providersQuery } from '../providers/provider-queries';
import { plainString } from '../../text/neutralise';
import { TokenLimits } from './token-limits';

const DAYS = ['30', '90', '365'] as const;

export function AddTokenModal({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const providers = useQuery(providersQuery);
  const form = useForm({
    initialValues: {
      name: '',
      scopes: ['generate', 'read'] as string[],
      days: '90' as string | null,
      capabilities: [] as string[],
      providers: [] as string[],
      monthly_limit: '' as number | string,
      monthly_budget_usd: '',
      max_concurrent: '' as number | string,
    },
    validate: {
      name: (value) => (value.trim() ? null : t('form.required')),
      scopes: (value) => (value.length > 0 ? null : t('form.required')),
      monthly_budget_usd: (value) => (isMoney(value) ? null : t('form.money')),
    },
  });
  const create = useMutation({
    mutationFn: (values: typeof form.values) =>
      createToken({
        name: values.name.trim(),
        scopes: values.scopes as Scope[],
        ...(values.capabilities.length > 0 ? { capabilities: values.capabilities } : {}),
        ...(values.providers.length > 0 ? { providers: values.providers } : {}),
        ...(typeof values.monthly_limit === 'number' ? { monthly_limit: values.monthly_limit } : {}),
        ...(values.monthly_budget_usd ? { monthly_budget_usd: values.monthly_budget_usd } : {}),
        ...(typeof values.max_concurrent === 'number' ? { max_concurrent: values.max_concurrent } : {}),
        ...(values.days ? { expires_at: new Date(Date.now() + Number(values.days) * 86_400_000).toISOString() } : {}),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['tokens'] }),
    onError: (error) => form.setErrors(fieldErrorsOf(error)),
  });
  return (
    <Dialog onClose={onClose} title={t('tokens.add')} holdsOn={Boolean(create.data)}>
      {create.data ? (
        <Stack>
          <ShownOnce label={t('tokens.created')} value={create.data.token} hint={t('tokens.once')} />
          <Button onClick={onClose}>{t('common.done')}</Button>
        </Stack>
      ) : (
        <form
          onSubmit={form.onSubmit((values) => {
            if (!create.isPending) create.mutate(values);
          })}
        >
          <Stack>
            <TextInput
              label={t('tokens.name')}
              description={t('tokens.nameHint')}
              withAsterisk
              autoComplete="off"
              data-autofocus
              {...form.getInputProps('name')}
            />
            <Checkbox.Group label={t('tokens.scopes')} {...form.getInputProps('scopes')}>
              <Stack gap={8} mt={6}>
                {SCOPES.map((scope) => (
                  <Checkbox
                    key={scope}
                    value={scope}
                    label={t(`tokens.scope.${scope}`)}
                    description={t(`tokens.scopeHint.${scope}`)}
                  />
                ))}
              </Stack>
            </Checkbox.Group>
            <Select
              label={t('tokens.expires')}
              clearable
              placeholder={t('tokens.never')}
              data={DAYS.map((value) => ({ value, label: t('tokens.inDays', { count: Number(value) }) }))}
              {...form.getInputProps('days')}
            />
            <MultiSelect
              label={t('tokens.onlyCapabilities')}
              placeholder={form.values.capabilities.length === 0 ? t('tokens.all') : ''}
              data={CAPABILITIES.map((value) => ({ value, label: t(`capability.${value}`) }))}
              {...form.getInputProps('capabilities')}
            />
            <MultiSelect
              label={t('tokens.onlyProviders')}
              placeholder={form.values.providers.length === 0 ? t('tokens.all') : ''}
              data={(providers.data?.data ?? []).map((row) => ({
                value: row.slug,
                label: plainString(row.display_name),
              }))}
              searchable
              limit={50}
              {...form.getInputProps('providers')}
            />
            <TokenLimits form={form} />
            <ProblemAlert error={create.error} />
            <FormButtons submit={t('tokens.create')} pending={create.isPending} onCancel={onClose} />
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
