import { Anchor, Group, Progress, Switch, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormats } from '../../app/preferences-provider';
import { type ProviderSetting, updateSetting } from '../../client/providers';
import type { Provider } from '../../client/types';
import { EmptyState } from '../../components/empty-state';
import { notifyProblem } from '../../components/notify';
import { PlainText } from '../../components/plain-text';
import { ProviderAvatar } from '../../components/provider-avatar';
import { QueryState } from '../../components/query-state';
import { ResponsiveTable } from '../../components/responsive-table';
import { Section } from '../../components/section';
import { AccessTag } from '../providers/access-tag';
import { keyStateOf } from '../providers/key-state-tag';
import { providersQuery, settingsQuery } from '../providers/provider-queries';

/** Per provider: may I use it, with whose key, and how much is left this month. */
export function ProviderAccessPanel() {
  const { t } = useTranslation();
  const settings = useQuery(settingsQuery);
  const providers = useQuery(providersQuery);
  return (
    <Section title={t('settings.providers')} description={t('settings.providersHint')}>
      <QueryState query={providers}>
        {({ data }) => {
          const bySlug = new Map(settings.data?.data.map((row) => [row.provider, row]));
          const rows = data.filter((row) => {
            const setting = bySlug.get(row.slug);
            const isLimited =
              setting != null && (setting.monthly_limit !== null || setting.monthly_budget_usd !== null);
            return row.is_active && (row.access_state.startsWith('available') || row.has_personal_key || isLimited);
          });
          return rows.length === 0 ? (
            <EmptyState
              title={t('settings.noAccess')}
              detail={
                <Anchor component={Link} to="/providers">
                  {t('settings.toProviders')}
                </Anchor>
              }
            />
          ) : (
            <ResponsiveTable
              label={t('settings.tab.keys')}
              minWidth={720}
              columns={[
                { label: t('models.provider') },
                { label: t('providers.access') },
                { label: t('settings.sharedKey') },
                { label: t('settings.left') },
                { label: '' },
              ]}
            >
              {rows.map((provider) => (
                <AccessLine key={provider.slug} provider={provider} setting={bySlug.get(provider.slug)} />
              ))}
            </ResponsiveTable>
          );
        }}
      </QueryState>
    </Section>
  );
}

function AccessLine({
  provider,
  setting,
}: {
  readonly provider: Provider;
  readonly setting: ProviderSetting | undefined;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const update = useMutation({
    mutationFn: (use_shared_api: boolean) => updateSetting(provider.slug, { use_shared_api }),
    onError: notifyProblem,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['provider-settings'] }),
        client.invalidateQueries({ queryKey: ['providers'] }),
      ]),
  });
  const isKeyless = keyStateOf(provider) === 'notNeeded';
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={10} wrap="nowrap">
          <ProviderAvatar slug={provider.slug} name={provider.display_name} size={30} />
          <Text size="sm" fw={600} component="span">
            <PlainText value={provider.display_name} limit={50} />
          </Text>
        </Group>
      </Table.Td>
      <Table.Td>
        <AccessTag provider={provider} />
      </Table.Td>
      <Table.Td>
        {isKeyless ? (
          <Text size="sm" c="dimmed" component="span">
            {t('providers.keyState.notNeeded')}
          </Text>
        ) : (
          <Switch
            checked={update.isPending ? update.variables : (setting?.use_shared_api ?? true)}
            onChange={(event) => update.mutate(event.currentTarget.checked)}
            disabled={update.isPending}
            aria-label={t('settings.useShared', { name: provider.display_name })}
          />
        )}
      </Table.Td>
      <Table.Td miw={180}>
        <Left setting={setting} />
      </Table.Td>
      <Table.Td ta="end">
        {provider.allow_personal_keys && !isKeyless && (
          <Anchor component={Link} to={`/providers/${encodeURIComponent(provider.slug)}`} size="sm">
            {provider.has_personal_key ? t('settings.myKey') : t('settings.addKey')}
          </Anchor>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

/** What a limit leaves of the month. */
function Left({ setting }: { readonly setting: ProviderSetting | undefined }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (!setting || (setting.monthly_limit === null && setting.monthly_budget_usd === null))
    return (
      <Text size="sm" c="dimmed" component="span">
        {t('settings.noLimit')}
      </Text>
    );
  const used = setting.usage.requests;
  const spent = Number(setting.usage.cost_usd);
  return (
    <>
      {setting.monthly_limit !== null && (
        <Meter
          label={t('settings.requestsUsed', {
            used: formats.number(used),
            limit: formats.number(setting.monthly_limit),
          })}
          share={setting.monthly_limit === 0 ? 1 : used / setting.monthly_limit}
        />
      )}
      {setting.monthly_budget_usd !== null && (
        <Meter
          label={t('settings.budgetUsed', {
            used: formats.money(spent),
            limit: formats.money(setting.monthly_budget_usd),
          })}
          share={Number(setting.monthly_budget_usd) === 0 ? 1 : spent / Number(setting.monthly_budget_usd)}
        />
      )}
    </>
  );
}

function Meter({ label, share }: { readonly label: string; readonly share: number }) {
  return (
    <div>
      <Text size="xs" className="tabular" component="div">
        <bdi>{label}</bdi>
      </Text>
      <Progress
        value={Math.min(100, share * 100)}
        size="sm"
        color={share >= 1 ? 'brick' : share > 0.8 ? 'amber' : 'pine'}
        aria-label={label}
      />
    </div>
  );
}
