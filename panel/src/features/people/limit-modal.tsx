import { Button, Group, Modal, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../client/people';
import { updateSetting } from '../../client/providers';
import { fieldErrorsOf } from '../../components/form-problems';
import { notifySuccess } from '../../components/notify';
import { ProblemAlert } from '../../components/problem-alert';
import { providersQuery } from '../providers/provider-queries';

/** Requests and money per month that one person may use of one provider. Empty lifts the limit. */
export function LimitModal({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const providers = useQuery(providersQuery);
  const form = useForm({
    initialValues: { provider: null as string | null, monthly_limit: '' as number | string, monthly_budget_usd: '' },
    validate: {
      provider: (value) => (value ? null : t('form.required')),
      monthly_budget_usd: (value) => (value === '' || /^\d{1,9}(\.\d{1,6})?$/.test(value) ? null : t('form.money')),
    },
  });
  const save = useMutation({
    mutationFn: (values: typeof form.values) =>
      updateSetting(
        values.provider ?? '',
        {
          monthly_limit: typeof values.monthly_limit === 'number' ? values.monthly_limit : null,
          monthly_budget_usd: values.monthly_budget_usd === '' ? null : values.monthly_budget_usd,
        },
        person.id,
      ),
    onSuccess: () => {
      notifySuccess(t('common.saved'));
      void client.invalidateQueries({ queryKey: ['provider-settings'] });
      onClose();
    },
    onError: (error) => form.setErrors(fieldErrorsOf(error)),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('people.limitsOf', { name: person.name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        onSubmit={form.onSubmit((values) => {
          if (!save.isPending) save.mutate(values);
        })}
      >
        <Stack>
          <Select
            label={t('models.provider')}
            withAsterisk
            searchable
            data={(providers.data?.data ?? []).map((row) => ({ value: row.slug, label: row.display_name }))}
            {...form.getInputProps('provider')}
          />
          <NumberInput
            label={t('people.monthlyLimit')}
            description={t('people.emptyIsNone')}
            min={0}
            allowDecimal={false}
            {...form.getInputProps('monthly_limit')}
          />
          <TextInput
            label={t('people.monthlyBudget')}
            description={t('people.emptyIsNone')}
            inputMode="decimal"
            dir="ltr"
            leftSection="$"
            {...form.getInputProps('monthly_budget_usd')}
          />
          <ProblemAlert error={save.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
