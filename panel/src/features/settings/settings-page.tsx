import { Stack, Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { PageHeader } from '../../components/page-header';
import { AppearancePanel } from './appearance-panel';
import { MyModels } from './my-models';
import { ProfilePanel } from './profile-panel';
import { ProviderAccessPanel } from './provider-access-panel';
import { SecurityPanel } from './security-panel';

const TABS = ['keys', 'profile', 'security', 'appearance'] as const;

/** One's own keys and limits, account, sign-in, and the look of the panel. */
export function SettingsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const wanted = useParams()['tab'];
  const tab = TABS.find((name) => name === wanted) ?? 'keys';
  return (
    <>
      <PageHeader title={t('nav.settings')} description={t('settings.description')} />
      <Tabs value={tab} onChange={(value) => void navigate(`/settings/${value ?? ''}`)}>
        <Tabs.List mb="lg">
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`settings.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="keys">
          <Stack gap="lg">
            <ProviderAccessPanel />
            <MyModels />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="profile">
          <ProfilePanel />
        </Tabs.Panel>
        <Tabs.Panel value="security">
          <SecurityPanel />
        </Tabs.Panel>
        <Tabs.Panel value="appearance">
          <AppearancePanel />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
