import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUser } from '../../app/session-provider';
import { disableTwoFactor, enableTwoFactor, verifyTotp } from '../../client/session';
import { CodeBlock } from '../../components/code-block';
import { ProblemAlert } from '../../components/problem-alert';
import { Section } from '../../components/section';
import { ShownOnce } from '../../components/shown-once';
import { Tag } from '../../components/tag';

/** A second factor by an authenticator app: its secret as text, since no picture is loaded from elsewhere. */
export function TwoFactorSection() {
  const { t } = useTranslation();
  const user = useUser();
  const client = useQueryClient();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const refresh = () => client.invalidateQueries({ queryKey: ['session'] });
  const enable = useMutation({ mutationFn: () => enableTwoFactor(password), onSuccess: () => setPassword('') });
  const confirm = useMutation({ mutationFn: () => verifyTotp(code.trim()), onSuccess: refresh });
  const disable = useMutation({
    mutationFn: () => disableTwoFactor(password),
    onSuccess: () => {
      setPassword('');
      enable.reset();
      confirm.reset();
      void refresh();
    },
  });
  const on = user.twoFactorEnabled === true || confirm.isSuccess;
  const secret = enable.data ? (new URL(enable.data.totpURI).searchParams.get('secret') ?? enable.data.totpURI) : null;
  return (
    <Section
      title={t('settings.twoFactor')}
      description={t('settings.twoFactorHint')}
      actions={
        <Tag tone={on ? 'positive' : 'neutral'} dot={on}>
          {on ? t('settings.on') : t('settings.off')}
        </Tag>
      }
    >
      <Stack gap="sm">
        {secret !== null && !on ? (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (!confirm.isPending) confirm.mutate();
            }}
          >
            <Stack gap="sm">
              <ShownOnce label={t('settings.secret')} value={secret} hint={t('settings.secretHint')} />
              <Text size="sm">{t('settings.backupCodes')}</Text>
              <CodeBlock code={(enable.data?.backupCodes ?? []).join('\n')} label={t('settings.backupCodes')} />
              <TextInput
                label={t('signIn.code')}
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
                inputMode="numeric"
                autoComplete="one-time-code"
                dir="ltr"
                maw={220}
              />
              <Group>
                <Button type="submit" loading={confirm.isPending} disabled={!code.trim()}>
                  {t('settings.confirmCode')}
                </Button>
              </Group>
            </Stack>
          </form>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              const act = on ? disable : enable;
              if (!act.isPending && password) act.mutate();
            }}
          >
            <Group align="flex-end">
              <PasswordInput
                label={t('settings.currentPassword')}
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
                autoComplete="current-password"
                visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
                style={{ flex: '1 1 220px' }}
              />
              <Button
                type="submit"
                variant={on ? 'default' : 'filled'}
                loading={enable.isPending || disable.isPending}
                disabled={!password}
              >
                {on ? t('settings.turnOff') : t('settings.turnOn')}
              </Button>
            </Group>
          </form>
        )}
        <ProblemAlert error={enable.error ?? confirm.error ?? disable.error} />
      </Stack>
    </Section>
  );
}
