import { Fieldset, NumberInput, SimpleGrid } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { DollarInput } from '../../components/dollar-input';

interface TokenLimitValues {
  readonly monthly_limit: number | string;
  readonly monthly_budget_usd: string;
  readonly max_concurrent: number | string;
}

/** What a token may use at the most, whatever its maker may; empty is no limit of its own. */
export function TokenLimits<T extends TokenLimitValues>({ form }: { readonly form: UseFormReturnType<T> }) {
  const { t } = useTranslation();
  return (
    <Fieldset
      legend={t('tokens.limits')}
      variant="unstyled"
      styles={{ legend: { fontWeight: 500, fontSize: 'var(--mantine-font-size-sm)' } }}
    >
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm" mt={6}>
        <NumberInput
          label={t('people.monthlyLimit')}
          min={0}
          allowDecimal={false}
          {...form.getInputProps('monthly_limit')}
        />
        <DollarInput label={t('people.monthlyBudget')} {...form.getInputProps('monthly_budget_usd')} />
        <NumberInput
          label={t('tokens.atOnce')}
          min={1}
          max={100_000}
          allowDecimal={false}
          {...form.getInputProps('max_concurrent')}
        />
      </SimpleGrid>
    </Fieldset>
  );
}
