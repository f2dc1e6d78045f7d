import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { acceptInvitation } from '../../client/invitations';
import { signIn } from '../../client/session';
import { fieldErrorsOf } from '../../components/form-problems';
import { ProblemAlert } from '../../components/problem-alert';

interface AcceptFormProps {
  readonly token: string;
  readonly email: string;
  readonly onDone: () => void;
}

/** Makes the account and signs in with it. */
export function AcceptForm({ token, email, onDone }: AcceptFormProps) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { name: '', password: '' },
    validate: {
      name: (value) => (value.trim() ? null : t('form.required')),
      password: (value) => (value.length >= 8 ? null : t('form.password', { length: 8 })),
    },
  });
  const accept = useMutation({
    mutationFn: async (values: typeof form.values) => {
      await acceptInvitation({ token, name: values.name.trim(), password: values.password });
      await signIn({ email, password: values.password });
    },
    onSuccess: onDone,
    onError: (error) => form.setErrors(fieldErrorsOf(error)),
  });
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        if (!accept.isPending) accept.mutate(values);
      })}
    >
      <Stack>
        {/* For password managers: they keep what stands beside the password. */}
        <input type="email" value={email} readOnly hidden autoComplete="username" />
        <TextInput label={t('people.name')} autoComplete="name" withAsterisk {...form.getInputProps('name')} />
        <PasswordInput
          label={t('signIn.password')}
          autoComplete="new-password"
          withAsterisk
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
          {...form.getInputProps('password')}
        />
        <ProblemAlert error={accept.error} />
        <Button type="submit" size="md" fullWidth loading={accept.isPending}>
          {t('invitation.accept')}
        </Button>
      </Stack>
    </form>
  );
}
