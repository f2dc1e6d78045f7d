import { Button, Card, Group, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/preferences-provider';
import { type ApiToken, listTokens, revokeToken } from '../../client/tokens';
import { confirmDanger } from '../../components/confirm';
import { EmptyState } from '../../components/empty-state';
import { Identifier } from '../../components/identifier';
import { notifyProblem, notifySuccess } from '../../components/notify';
import { PageHeader } from '../../components/page-header';
import { PlainText } from '../../components/plain-text';
import { QueryState } from '../../components/query-state';
import { ResponsiveTable } from '../../components/responsive-table';
import { Tag } from '../../components/tag';
import { Timestamp } from '../../components/timestamp';
import { AddTokenModal } from './add-token-modal';
import { DangerButton } from '../../components/danger-button';

const tokensQuery = queryOptions({ queryKey: ['tokens'], queryFn: ({ signal }) => listTokens(signal) });

/** What applications use to call. A token is shown once, here only its beginning. */
export function TokensPage() {
  const { t } = useTranslation();
  const query = useQuery(tokensQuery);
  const [adding, { open, close }] = useDisclosure(false);
  return (
    <>
      <PageHeader
        title={t('nav.tokens')}
        description={t('tokens.description')}
        actions={
          <Button leftSection={<IconPlus size={16} />} onClick={open}>
            {t('tokens.add')}
          </Button>
        }
      />
      <Card padding="md">
        <QueryState query={query}>
          {({ data }) =>
            data.length === 0 ? (
              <EmptyState icon={<IconKey size={24} />} title={t('tokens.none')} detail={t('tokens.noneHint')} />
            ) : (
              <ResponsiveTable
                label={t('nav.tokens')}
                columns={[
                  { label: t('tokens.name') },
                  { label: t('tokens.token') },
                  { label: t('tokens.scopes') },
                  { label: t('tokens.expires') },
                  { label: t('tokens.lastUsed') },
                  { label: '' },
                ]}
              >
                {data.map((token) => (
                  <TokenLine key={token.id} token={token} />
                ))}
              </ResponsiveTable>
            )
          }
        </QueryState>
      </Card>
      {adding && <AddTokenModal onClose={close} />}
    </>
  );
}

function TokenLine({ token }: { readonly token: ApiToken }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => revokeToken(token.id),
    onSuccess: () => notifySuccess(t('tokens.revoked')),
    onError: notifyProblem,
    onSettled: () => client.invalidateQueries({ queryKey: ['tokens'] }),
  });
  const expired = token.expires_at !== null && Date.parse(token.expires_at) < Date.now();
  const ask = () =>
    confirmDanger({
      title: t('tokens.revoke'),
      detail: t('tokens.revokeDetail', { name: token.name }),
      confirm: t('tokens.revoke'),
      cancel: t('common.cancel'),
      onConfirm: () => revoke.mutate(),
    });
  return (
    <Table.Tr>
      <Table.Td fw={600}>
        <PlainText value={token.name} limit={60} />
        {token.admin && (
          <Text size="xs" c="dimmed" fw={400} component="div">
            <PlainText value={token.admin.name} limit={50} />
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Identifier value={`${token.prefix}…`} />
      </Table.Td>
      <Table.Td>
        <Group gap={4}>
          {token.scopes.map((scope) => (
            <Tag key={scope}>{t(`tokens.scope.${scope}`)}</Tag>
          ))}
          {[...(token.capabilities ?? []), ...(token.providers ?? [])].map((name) => (
            <Tag key={name} tone="info">
              <Identifier value={name} limit={40} />
            </Tag>
          ))}
          {token.monthly_limit !== null && (
            <Tag>{t('tokens.requestsTag', { value: formats.number(token.monthly_limit) })}</Tag>
          )}
          {token.monthly_budget_usd !== null && (
            <Tag>{t('tokens.perMonth', { value: formats.money(token.monthly_budget_usd) })}</Tag>
          )}
          {token.max_concurrent !== null && (
            <Tag>{t('tokens.atOnceTag', { value: formats.number(token.max_concurrent) })}</Tag>
          )}
        </Group>
      </Table.Td>
      <Table.Td>
        {expired ? (
          <Tag tone="caution">{t('tokens.expired')}</Tag>
        ) : (
          <Text size="sm" component="span">
            {token.expires_at ? formats.date(token.expires_at) : t('tokens.never')}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Timestamp value={token.last_used_at} />
      </Table.Td>
      <Table.Td ta="end">
        <DangerButton loading={revoke.isPending} onClick={ask}>
          {t('tokens.revoke')}
        </DangerButton>
      </Table.Td>
    </Table.Tr>
  );
}
