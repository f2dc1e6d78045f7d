import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signIn, verifyBackupCode, verifyTotp } from '../../client/session';
import { ProblemAlert } from '../../components/problem-alert';

interface SignInFormProps {
  readonly email?: string;
  readonly onSignedIn: () => void;
}

/** E-mail and password, then the code of the second factor where it is on. */
export function SignInForm({ email = '', onSignedIn }: SignInFormProps) {
  const { t } = useTranslation();
  const [needsCode, setNeedsCode] = useState(false);
  const form = useForm({ mode: 'uncontrolled', initialValues: { email, password: '', code: '' } });
  const mutation = useMutation({
    mutationFn: async (values: { email: string; password: string; code: string }) => {
      if (needsCode) {
        const code = values.code.trim();
        // A code of the app has six digits; anything else is a backup code.
        await (/^\d{6}$/.test(code) ? verifyTotp(code) : verifyBackupCode(code));
        return true;
      }
      const answer = await signIn({ email: values.email.trim(), password: values.password });
      return answer?.twoFactorRedirect !== true;
    },
    onSuccess: (complete) => (complete ? onSignedIn() : setNeedsCode(true)),
  });
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        if (!mutation.isPending) mutation.mutate(values);
      })}
    >
      <Stack>
        {needsCode ? (
          <TextInput
            key="code"
            label={t('signIn.code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            data-autofocus
            {...form.getInputProps('code')}
            dir="ltr"
          />
        ) : (
          <>
            <TextInput
              label={t('signIn.email')}
              type="email"
              autoComplete="username"
              required
              dir="ltr"
              key={form.key('email')}
              {...form.getInputProps('email')}
            />
            <PasswordInput
              label={t('signIn.password')}
              autoComplete="current-password"
              required
              data-autofocus
              key={form.key('password')}
              {...form.getInputProps('password')}
              visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
            />
          </>
        )}
        <ProblemAlert error={mutation.error} />
        <Button type="submit" size="md" loading={mutation.isPending} fullWidth>
          {t('signIn.submit')}
        </Button>
      </Stack>
    </form>
  );
}
