import { Button, Card, Group, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useUser } from '../../app/session-provider';
import { changePassword, renameMe } from '../../client/session';
import { fieldErrorsOf } from '../../components/form-problems';
import { notifySuccess } from '../../components/notify';
import { ProblemAlert } from '../../components/problem-alert';

export function ProfilePanel() {
  return (
    <Stack maw={560} gap="lg">
      <NameForm />
      <PasswordForm />
    </Stack>
  );
}

function NameForm() {
  const { t } = useTranslation();
  const user = useUser();
  const client = useQueryClient();
  const form = useForm({
    initialValues: { name: user.name },
    validate: { name: (value) => (value.trim() ? null : t('form.required')) },
  });
  const save = useMutation({
    mutationFn: (name: string) => renameMe(name),
    onSuccess: () => {
      notifySuccess(t('common.saved'));
      form.resetDirty();
      void client.invalidateQueries({ queryKey: ['session'] });
    },
  });
  return (
    <Card>
      <form
        onSubmit={form.onSubmit(({ name }) => {
          if (!save.isPending) save.mutate(name.trim());
        })}
      >
        <Stack>
          <Title order={2}>{t('settings.profile')}</Title>
          <TextInput label={t('signIn.email')} value={user.email} readOnly variant="filled" dir="ltr" />
          <TextInput label={t('people.name')} autoComplete="name" {...form.getInputProps('name')} />
          <ProblemAlert error={save.error} />
          <Group>
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

function PasswordForm() {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { current_password: '', new_password: '' },
    validate: {
      current_password: (value) => (value ? null : t('form.required')),
      new_password: (value) => (value.length >= 8 ? null : t('form.password', { length: 8 })),
    },
  });
  const save = useMutation({
    mutationFn: changePassword,
    onSuccess: () => {
      notifySuccess(t('settings.passwordChanged'));
      form.reset();
    },
    onError: (error) => form.setErrors(fieldErrorsOf(error)),
  });
  const toggle = { 'aria-label': t('signIn.showPassword') };
  return (
    <Card>
      <form
        onSubmit={form.onSubmit((values) => {
          if (!save.isPending) save.mutate(values);
        })}
      >
        <Stack>
          <Title order={2}>{t('settings.password')}</Title>
          <PasswordInput
            label={t('settings.currentPassword')}
            autoComplete="current-password"
            visibilityToggleButtonProps={toggle}
            {...form.getInputProps('current_password')}
          />
          <PasswordInput
            label={t('settings.newPassword')}
            autoComplete="new-password"
            visibilityToggleButtonProps={toggle}
            {...form.getInputProps('new_password')}
          />
          <ProblemAlert error={save.error} />
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t('settings.changePassword')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
