import { Button, Card, Group, Stack, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconMailForward, IconUserPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useIsSuperadmin, useUser } from '../../app/session-provider';
import { Identifier } from '../../components/identifier';
import { PageHeader } from '../../components/page-header';
import { PlainText } from '../../components/plain-text';
import { ProviderAvatar } from '../../components/provider-avatar';
import { QueryState } from '../../components/query-state';
import { ResponsiveTable } from '../../components/responsive-table';
import { Tag } from '../../components/tag';
import { Timestamp } from '../../components/timestamp';
import { AddPersonModal } from './add-person-modal';
import { InvitationList } from './invitation-list';
import { InviteModal } from './invite-modal';
import { peopleQuery } from './people-queries';
import { PersonActions } from './person-actions';

/** Who may sign in, and as what. */
export function PeoplePage() {
  const { t } = useTranslation();
  const me = useUser();
  const isSuperadmin = useIsSuperadmin();
  const query = useQuery(peopleQuery);
  const [adding, { open, close }] = useDisclosure(false);
  const [inviting, invitation] = useDisclosure(false);
  return (
    <>
      <PageHeader
        title={t('nav.people')}
        description={t('people.description')}
        actions={
          isSuperadmin && (
            <>
              <Button variant="default" leftSection={<IconUserPlus size={16} />} onClick={open}>
                {t('people.add')}
              </Button>
              <Button leftSection={<IconMailForward size={16} />} onClick={invitation.open}>
                {t('people.invite')}
              </Button>
            </>
          )
        }
      />
      <Stack gap="lg">
        <Card padding="md">
          <QueryState query={query}>
            {({ data }) => (
              <ResponsiveTable
                label={t('nav.people')}
                columns={[
                  { label: t('people.person') },
                  { label: t('people.role') },
                  { label: t('people.state') },
                  { label: t('people.since') },
                  { label: '' },
                ]}
              >
                {data.map((person) => (
                  <Table.Tr key={person.id}>
                    <Table.Td>
                      <Group gap={10} wrap="nowrap">
                        <ProviderAvatar slug={person.email} name={person.name || person.email} size={32} />
                        <div style={{ minWidth: 0 }}>
                          <Text size="sm" fw={600} component="div">
                            <PlainText value={person.name} limit={60} />{' '}
                            {person.id === me.id && <Tag>{t('people.you')}</Tag>}
                          </Text>
                          <Text size="xs" c="dimmed" component="div">
                            <Identifier value={person.email} limit={60} />
                          </Text>
                        </div>
                      </Group>
                    </Table.Td>
                    <Table.Td>
                      <Tag tone={person.role === 'superadmin' ? 'accent' : 'neutral'}>{t(`role.${person.role}`)}</Tag>
                    </Table.Td>
                    <Table.Td>
                      <Group gap={6}>
                        {person.is_suspended ? (
                          <Tag tone="caution">{t('people.suspended')}</Tag>
                        ) : (
                          <Tag tone="positive" dot>
                            {t('people.active')}
                          </Tag>
                        )}
                        {person.two_factor_enabled && <Tag>{t('people.twoFactor')}</Tag>}
                      </Group>
                    </Table.Td>
                    <Table.Td>
                      <Timestamp value={person.created_at} />
                    </Table.Td>
                    <Table.Td ta="end">
                      <PersonActions person={person} isMe={person.id === me.id} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </ResponsiveTable>
            )}
          </QueryState>
        </Card>
        <InvitationList />
      </Stack>
      {inviting && <InviteModal onClose={invitation.close} />}
      {adding && <AddPersonModal onClose={close} />}
    </>
  );
}
