import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { deleteProvider } from '../../../client/providers';
import type { Provider } from '../../../client/types';
import { confirmDanger } from '../../../components/confirm';
import { ProblemAlert } from '../../../components/problem-alert';
import { Section } from '../../../components/section';

export function RemoveProvider({ provider }: { readonly provider: Provider }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => deleteProvider(provider.slug),
    onSuccess: () => {
      void navigate('/providers');
      void client.invalidateQueries();
    },
  });
  return (
    <Section title={t('providers.removeTitle')} description={t('providers.removeHint')}>
      <ProblemAlert error={remove.error} />
      <Group>
        <Button
          variant="default"
          c="var(--negative)"
          loading={remove.isPending}
          onClick={() =>
            confirmDanger({
              title: t('providers.removeTitle'),
              detail: t('providers.removeDetail', { name: provider.display_name }),
              confirm: t('common.delete'),
              cancel: t('common.cancel'),
              onConfirm: () => remove.mutate(),
            })
          }
        >
          {t('providers.remove')}
        </Button>
      </Group>
    </Section>
  );
}
