import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Person, resetPassword } from '../../client/people';
import { Dialog } from '../../components/dialog';
import { ProblemAlert } from '../../components/problem-alert';
import { ShownOnce } from '../../components/shown-once';

/** A new password made by the server and shown once. */
export function ResetPasswordModal({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [removeTwoFactor, setRemoveTwoFactor] = useState(false);
  const reset = useMutation({
    mutationFn: () => resetPassword(person.id, removeTwoFactor),
    onSuccess: () => client.invalidateQueries({ queryKey: ['people'] }),
  });
  return (
    <Dialog onClose={onClose} title={t('people.resetPassword')} holdsOn={Boolean(reset.data)}>
      {reset.data ? (
        <Stack>
          <ShownOnce
            label={t('people.password')}
            value={reset.data.password ?? ''}
            hint={t('people.passwordOnce', { email: person.email })}
          />
          <Button onClick={onClose}>{t('common.done')}</Button>
        </Stack>
      ) : (
        <Stack>
          <Text size="sm">{t('people.resetDetail', { name: person.name })}</Text>
          {person.two_factor_enabled && (
            <Switch
              label={t('people.removeTwoFactor')}
              checked={removeTwoFactor}
              onChange={(event) => setRemoveTwoFactor(event.currentTarget.checked)}
            />
          )}
          <ProblemAlert error={reset.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button loading={reset.isPending} onClick={() => reset.mutate()}>
              {t('people.resetPassword')}
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}
