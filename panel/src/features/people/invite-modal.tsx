import { Button, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/preferences-provider';
import { invite, type NewInvitation } from '../../client/invitations';
import type { Role } from '../../client/people';
import { Dialog } from '../../components/dialog';
import { fieldErrorsOf } from '../../components/form-problems';
import { FormButtons } from '../../components/form-buttons';
import { ProblemAlert } from '../../components/problem-alert';
import { ShownOnce } from '../../components/shown-once';
import { invitationsQuery } from './people-queries';
import { RoleChoice } from './role-choice';

const DAYS = ['1', '3', '7', '30'] as const;

/** Makes a link by which a person makes her own account; it is shown here once. */
export function InviteModal({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const form = useForm({
    initialValues: { email: '', role: 'admin' as Role, days: '3' as (typeof DAYS)[number] },
    validate: { email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : t('form.email')) },
  });
  const create = useMutation({
    mutationFn: (body: NewInvitation) => invite(body),
    onSuccess: () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
    onError: (error) => form.setErrors(fieldErrorsOf(error)),
  });
  return (
    <Dialog onClose={onClose} title={t('people.invite')} size="lg" holdsOn={Boolean(create.data)}>
      {create.data ? (
        <Stack>
          <ShownOnce
            label={t('people.inviteLink')}
            value={create.data.link}
            hint={t('people.inviteOnce', {
              email: create.data.email,
              time: formats.dateTime(create.data.expires_at),
            })}
          />
          <Button onClick={onClose}>{t('common.done')}</Button>
        </Stack>
      ) : (
        <form
          onSubmit={form.onSubmit(({ email, role, days }) => {
            if (!create.isPending) create.mutate({ email: email.trim(), role, expires_in_hours: Number(days) * 24 });
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
            <RoleChoice {...form.getInputProps('role')} />
            <Select
              label={t('tokens.expires')}
              allowDeselect={false}
              data={DAYS.map((value) => ({ value, label: t('tokens.inDays', { count: Number(value) }) }))}
              {...form.getInputProps('days')}
            />
            <ProblemAlert error={create.error} />
            <FormButtons submit={t('people.makeLink')} pending={create.isPending} onCancel={onClose} />
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
