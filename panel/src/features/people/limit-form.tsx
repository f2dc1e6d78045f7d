import { Button, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/preferences-provider';
import type { Person } from '../../client/people';
import { type ProviderSetting, updateSetting } from '../../client/providers';
import { fieldErrorsOf, isMoney } from '../../components/form-problems';
import { notifySuccess } from '../../components/notify';
import { ProblemAlert } from '../../components/problem-alert';
import { DollarInput } from '../../components/dollar-input';

interface LimitFormProps {
  readonly person: Person;
  readonly setting: ProviderSetting;
  readonly onDone: () => void;
}

const POLICIES = ['refuse', 'allow', 'ceiling'] as const;

/** Empty lifts a limit. */
export function LimitForm({ person, setting, onDone }: LimitFormProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const money = (value: string) => (isMoney(value) ? null : t('form.money'));
  const form = useForm({
    initialValues: {
      monthly_limit: (setting.monthly_limit ?? '') as number | string,
      monthly_budget_usd: setting.monthly_budget_usd ?? '',
      unknown_price: setting.unknown_price,
      unknown_price_ceiling_usd: setting.unknown_price_ceiling_usd ?? '',
    },
    validate: { monthly_budget_usd: money, unknown_price_ceiling_usd: money },
  });
  const save = useMutation({
    mutationFn: (values: typeof form.values) =>
      updateSetting(
        setting.provider,
        {
          monthly_limit: typeof values.monthly_limit === 'number' ? values.monthly_limit : null,
          monthly_budget_usd: values.monthly_budget_usd || null,
          unknown_price: values.unknown_price,
          ...(values.unknown_price === 'ceiling'
            ? { unknown_price_ceiling_usd: values.unknown_price_ceiling_usd || null }
            : {}),
        },
        person.id,
      ),
    onSuccess: () => {
      notifySuccess(t('common.saved'));
      void client.invalidateQueries({ queryKey: ['provider-settings'] });
      onDone();
    },
    onError: (error) => form.setErrors(fieldErrorsOf(error)),
  });
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        if (!save.isPending) save.mutate(values);
      })}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {t('people.usedThisMonth', {
            requests: formats.number(setting.usage.requests),
            cost: formats.money(setting.usage.cost_usd),
          })}
        </Text>
        <NumberInput
          label={t('people.monthlyLimit')}
          description={t('people.emptyIsNone')}
          min={0}
          allowDecimal={false}
          {...form.getInputProps('monthly_limit')}
        />
        <DollarInput
          label={t('people.monthlyBudget')}
          description={t('people.emptyIsNone')}
          {...form.getInputProps('monthly_budget_usd')}
        />
        <Select
          label={t('people.unknownPrice')}
          description={t('people.unknownPriceHint')}
          allowDeselect={false}
          data={POLICIES.map((value) => ({ value, label: t(`people.policy.${value}`) }))}
          {...form.getInputProps('unknown_price')}
        />
        {form.values.unknown_price === 'ceiling' && (
          <DollarInput label={t('people.ceiling')} {...form.getInputProps('unknown_price_ceiling_usd')} />
        )}
        <ProblemAlert error={save.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {t('common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
