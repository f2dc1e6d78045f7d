import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteKey, type KeyScope, validateKey } from '../../../client/providers';
import type { KeySummary, Provider } from '../../../client/types';
import { confirmDanger } from '../../../components/confirm';
import { PlainText } from '../../../components/plain-text';
import { ProblemAlert } from '../../../components/problem-alert';
import { Section } from '../../../components/section';
import { KeyForm } from './key-form';
import { KeyLine } from './key-line';
import { MoreKeys } from './more-keys';

interface KeySectionProps {
  readonly provider: Provider;
  readonly scope: KeyScope;
}

/** A key that can be set, checked, replaced and removed, but never read. */
export function KeySection({ provider, scope }: KeySectionProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [replacing, setReplacing] = useState(false);
  const present = scope === 'shared' ? provider.has_shared_key : provider.has_personal_key;
  const key: KeySummary | null = (scope === 'shared' ? provider.shared_key : provider.personal_key) ?? null;
  const changed = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['providers'] }),
      client.invalidateQueries({ queryKey: ['overview'] }),
      client.invalidateQueries({ queryKey: ['catalog', provider.slug] }),
    ]);
  const validate = useMutation({ mutationFn: () => validateKey(provider.slug, scope), onSuccess: changed });
  const remove = useMutation({
    mutationFn: () => deleteKey(scope, provider.slug),
    onSuccess: changed,
  });
  const askRemove = () =>
    confirmDanger({
      title: t('keys.removeTitle'),
      detail: t('keys.removeDetail', { name: provider.display_name }),
      confirm: t('keys.remove'),
      cancel: t('common.cancel'),
      onConfirm: () => remove.mutate(),
    });
  const saved = async () => {
    setReplacing(false);
    await changed();
    validate.mutate();
  };
  return (
    <Section title={t(`keys.${scope}`)} description={t(`keys.${scope}Hint`)}>
      <Stack gap="sm">
        {present && <KeyLine summary={key} />}
        {(!present || replacing) && (
          <KeyForm
            provider={provider}
            scope={scope}
            onSaved={saved}
            onCancel={replacing ? () => setReplacing(false) : undefined}
          />
        )}
        {validate.data && (
          <Group gap={8} wrap="nowrap" role="status" c={validate.data.valid ? 'var(--accent)' : 'var(--negative)'}>
            {validate.data.valid ? <IconCircleCheck size={18} aria-hidden /> : <IconCircleX size={18} aria-hidden />}
            <Text size="sm" component="div">
              {validate.data.valid ? t('keys.valid') : <PlainText value={validate.data.reason ?? t('keys.invalid')} />}
            </Text>
          </Group>
        )}
        <ProblemAlert error={validate.error ?? remove.error} />
        {present && !replacing && (
          <Group gap="xs">
            <Button variant="light" loading={validate.isPending} onClick={() => validate.mutate()}>
              {t('keys.validate')}
            </Button>
            <Button variant="default" onClick={() => setReplacing(true)}>
              {t('keys.replace')}
            </Button>
            {key?.source !== 'environment' && (
              <Button variant="subtle" color="brick" c="var(--negative)" loading={remove.isPending} onClick={askRemove}>
                {t('keys.remove')}
              </Button>
            )}
          </Group>
        )}
        {present && key?.source !== 'environment' && <MoreKeys slug={provider.slug} scope={scope} />}
      </Stack>
    </Section>
  );
}
