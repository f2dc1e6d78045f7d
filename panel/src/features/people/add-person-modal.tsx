import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { createPerson, type NewPerson, type Role } from '../../client/people';
import { Dialog } from '../../components/dialog';
import { fieldErrorsOf } from '../../components/form-problems';
import { FormButtons } from '../../components/form-buttons';
import { ProblemAlert } from '../../components/problem-alert';
import { ShownOnce } from '../../components/shown-once';
import { RoleChoice } from './role-choice';

/** Makes an account; a password that the server made is shown here once. */
export function AddPersonModal({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initialValues: { email: '', name: '', role: 'admin' as Role },
    validate: {
      email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : t('form.email')),
      name: (value) => (value.trim() ? null : t('form.required')),
    },
  });
  const create = useMutation({
    mutationFn: (body: NewPerson) => createPerson(body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['people'] }),
    onError: (error) => form.setErrors(fieldErrorsOf(error)),
  });
  return (
    <Dialog onClose={onClose} title={t('people.add')} holdsOn={Boolean(create.data)}>
      {create.data ? (
        <Stack>
          <ShownOnce
            label={t('people.password')}
            value={create.data.password ?? ''}
            hint={t('people.passwordOnce', { email: create.data.email })}
          />
          <Button onClick={onClose}>{t('common.done')}</Button>
        </Stack>
      ) : (
        <form
          onSubmit={form.onSubmit((values) => {
            if (!create.isPending) create.mutate({ ...values, email: values.email.trim(), name: values.name.trim() });
          })}
        >
          <Stack>
            <TextInput
              label={t('signIn.email')}
              type="email"
              withAsterisk
              dir="ltr"
              autoComplete="off"
              data-autofocus
              {...form.getInputProps('email')}
            />
            <TextInput label={t('people.name')} withAsterisk autoComplete="off" {...form.getInputProps('name')} />
            <RoleChoice {...form.getInputProps('role')} />
            <ProblemAlert error={create.error} />
            <FormButtons submit={t('people.create')} pending={create.isPending} onCancel={onClose} />
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
