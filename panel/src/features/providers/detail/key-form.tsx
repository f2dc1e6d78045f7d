import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type KeyScope, putKey } from '../../../client/providers';
import type { Provider } from '../../../client/types';
import { ProblemAlert } from '../../../components/problem-alert';

interface KeyFormProps {
  readonly provider: Provider;
  readonly scope: KeyScope;
  readonly onSaved: () => Promise<void>;
  readonly onCancel: (() => void) | undefined;
}

/** Takes a key once; it leaves the page's memory as soon as it is stored. */
export function KeyForm({ provider, scope, onSaved, onCancel }: KeyFormProps) {
  const { t } = useTranslation();
  const [value, setValue] = useState('');
  const save = useMutation({
    mutationFn: (apiKey: string) => putKey(scope, provider.slug, apiKey),
    onSuccess: async () => {
      setValue('');
      await onSaved();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isPending && value.trim()) save.mutate(value.trim());
      }}
    >
      <Stack gap="sm">
        <PasswordInput
          label={t('keys.paste')}
          description={t('keys.pasteHint')}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          dir="ltr"
          name={`${scope}-key`}
          data-1p-ignore
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
        />
        <ProblemAlert error={save.error} />
        <Group gap="xs">
          <Button type="submit" loading={save.isPending} disabled={!value.trim()}>
            {t('keys.save')}
          </Button>
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              {t('common.cancel')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
