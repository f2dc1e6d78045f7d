import { ActionIcon, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconDots, IconGauge, IconLockAccess, IconUserCheck, IconUserOff, IconUserShield } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Person, updatePerson } from '../../client/people';
import { confirmDanger } from '../../components/confirm';
import { notifyProblem, notifySuccess } from '../../components/notify';
import { LimitModal } from './limit-modal';
import { ResetPasswordModal } from './reset-password-modal';

/** Role, suspension and limits. The server refuses to lose the last superadmin. */
export function PersonActions({ person, isMe }: { readonly person: Person; readonly isMe: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [limiting, { open, close }] = useDisclosure(false);
  const [resetting, resetModal] = useDisclosure(false);
  const update = useMutation({
    mutationFn: (body: Parameters<typeof updatePerson>[1]) => updatePerson(person.id, body),
    onSuccess: () => notifySuccess(t('common.saved')),
    onError: notifyProblem,
    onSettled: () => client.invalidateQueries({ queryKey: ['people'] }),
  });
  const suspended = person.is_suspended;
  const askSuspend = () =>
    confirmDanger({
      title: t('people.suspend'),
      detail: t('people.suspendDetail', { name: person.name }),
      confirm: t('people.suspend'),
      cancel: t('common.cancel'),
      onConfirm: () => update.mutate({ is_suspended: true }),
    });
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            aria-label={t('people.actionsFor', { name: person.name.slice(0, 60) })}
            loading={update.isPending}
          >
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconGauge size={16} />} onClick={open}>
            {t('people.limits')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconUserShield size={16} />}
            onClick={() => update.mutate({ role: person.role === 'superadmin' ? 'admin' : 'superadmin' })}
          >
            {person.role === 'superadmin' ? t('people.demote') : t('people.promote')}
          </Menu.Item>
          {!isMe && (
            <Menu.Item leftSection={<IconLockAccess size={16} />} onClick={resetModal.open}>
              {t('people.resetPassword')}
            </Menu.Item>
          )}
          {!isMe &&
            (suspended ? (
              <Menu.Item
                leftSection={<IconUserCheck size={16} />}
                onClick={() => update.mutate({ is_suspended: false })}
              >
                {t('people.restore')}
              </Menu.Item>
            ) : (
              <Menu.Item leftSection={<IconUserOff size={16} />} c="var(--negative)" onClick={askSuspend}>
                {t('people.suspend')}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      {resetting && <ResetPasswordModal person={person} onClose={resetModal.close} />}
      {limiting && <LimitModal person={person} onClose={close} />}
    </>
  );
}
