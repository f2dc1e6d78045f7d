import { Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/preferences-provider';
import { type Invitation, revokeInvitation } from '../../client/invitations';
import { Identifier } from '../../components/identifier';
import { notifyProblem, notifySuccess } from '../../components/notify';
import { ResponsiveTable } from '../../components/responsive-table';
import { Section } from '../../components/section';
import { Tag, type Tone } from '../../components/tag';
import { invitationsQuery } from './people-queries';
import { DangerButton } from '../../components/danger-button';

const TONES: Readonly<Record<Invitation['status'], Tone>> = {
  open: 'info',
  accepted: 'positive',
  revoked: 'neutral',
  expired: 'caution',
};

/** Who has been invited and what came of it; nothing while nobody has. */
export function InvitationList() {
  const { t } = useTranslation();
  const query = useQuery(invitationsQuery);
  const rows = query.data?.data ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title={t('people.invitations')}>
      <ResponsiveTable
        label={t('people.invitations')}
        columns={[
          { label: t('signIn.email') },
          { label: t('people.role') },
          { label: t('people.state') },
          { label: t('tokens.expires') },
          { label: '' },
        ]}
      >
        {rows.map((row) => (
          <InvitationLine key={row.id} invitation={row} />
        ))}
      </ResponsiveTable>
    </Section>
  );
}

function InvitationLine({ invitation }: { readonly invitation: Invitation }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => revokeInvitation(invitation.id),
    onSuccess: () => notifySuccess(t('people.inviteRevoked')),
    onError: notifyProblem,
    onSettled: () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
  return (
    <Table.Tr>
      <Table.Td>
        <Identifier value={invitation.email} limit={80} />
      </Table.Td>
      <Table.Td>{t(`role.${invitation.role}`)}</Table.Td>
      <Table.Td>
        <Tag tone={TONES[invitation.status]}>{t(`people.invitationState.${invitation.status}`)}</Tag>
      </Table.Td>
      <Table.Td>
        <Text size="sm" component="span">
          <bdi>{formats.dateTime(invitation.expires_at)}</bdi>
        </Text>
      </Table.Td>
      <Table.Td ta="end">
        {invitation.status === 'open' && (
          <DangerButton loading={revoke.isPending} onClick={() => revoke.mutate()}>
            {t('tokens.revoke')}
          </DangerButton>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
