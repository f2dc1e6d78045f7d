import { Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { createProvider, updateProvider } from '../../../client/providers';
import { Identifier } from '../../../components/identifier';
import { notifySuccess } from '../../../components/notify';
import { ProblemAlert } from '../../../components/problem-alert';
import { QueryState } from '../../../components/query-state';
import { Tag } from '../../../components/tag';
import { providersQuery } from '../provider-queries';
import { type EntryPlan, planOf, type ProviderEntry } from './provider-entry';

const TONES = { create: 'positive', update: 'caution', same: 'neutral' } as const;

interface ImportPreviewProps {
  readonly entries: readonly ProviderEntry[];
  readonly onBack: () => void;
}

/** What will be made and what will change, field by field, before it is. */
export function ImportPreview({ entries, onBack }: ImportPreviewProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const providers = useQuery(providersQuery);
  const apply = useMutation({
    mutationFn: async (plans: readonly EntryPlan[]) => {
      for (const { entry, action, changes } of plans) {
        if (action === 'create') await createProvider(entry);
        if (action === 'update')
          await updateProvider(entry.slug, Object.fromEntries(changes.map(({ field }) => [field, entry[field]])));
      }
    },
    onSuccess: () => {
      notifySuccess(t('providers.applied', { count: entries.length }));
      const only = entries.length === 1 ? entries[0] : undefined;
      void navigate(only ? `/providers/${encodeURIComponent(only.slug)}` : '/providers');
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['providers'] }),
  });
  return (
    <QueryState query={providers}>
      {({ data }) => {
        const plans = entries.map((entry) =>
          planOf(
            entry,
            data.find((row) => row.slug === entry.slug),
          ),
        );
        const pending = plans.filter((plan) => plan.action !== 'same');
        return (
          <Stack>
            <Title order={2}>{t('providers.previewTitle')}</Title>
            {plans.map((plan) => (
              <PlanTable key={plan.entry.slug} plan={plan} />
            ))}
            <ProblemAlert error={apply.error} />
            <Group>
              <Button
                loading={apply.isPending}
                disabled={pending.length === 0}
                onClick={() => !apply.isPending && apply.mutate(plans)}
              >
                {t('providers.apply', { count: pending.length })}
              </Button>
              <Button variant="default" onClick={onBack}>
                {t('common.back')}
              </Button>
            </Group>
          </Stack>
        );
      }}
    </QueryState>
  );
}

function PlanTable({ plan }: { readonly plan: EntryPlan }) {
  const { t } = useTranslation();
  return (
    <div>
      <Group gap="xs" mb={6}>
        <Identifier value={plan.entry.slug} />
        <Tag tone={TONES[plan.action]}>{t(`providers.plan.${plan.action}`)}</Tag>
      </Group>
      {plan.changes.length > 0 && (
        <Table layout="fixed" fz="sm" withTableBorder verticalSpacing={6} aria-label={plan.entry.slug}>
          <Table.Tbody>
            {plan.changes.map((change) => (
              <Table.Tr key={change.field}>
                <Table.Th w="32%" fw={500} c="dimmed" style={{ verticalAlign: 'top' }}>
                  <Identifier value={change.field} />
                </Table.Th>
                <Table.Td>
                  {change.before !== null && (
                    <Text size="xs" c="dimmed" td="line-through" component="div">
                      <Identifier value={change.before} limit={200} />
                    </Text>
                  )}
                  <Identifier value={change.after} limit={300} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </div>
  );
}
