import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { PageHeader } from '../../components/page-header';
import { BrowsePanel } from './browse/browse-panel';
import { HistoryPanel } from './history-panel';
import { SelectedPanel } from './selected-panel';

const TABS = ['browse', 'selected', 'history'] as const;

/** Choose a capability and a provider, browse what it offers, select; see what is selected and who switched. */
export function ModelsPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const tab = TABS.find((name) => name === params.get('tab')) ?? 'browse';
  return (
    <>
      <PageHeader title={t('nav.models')} description={t('models.description')} />
      <Tabs
        value={tab}
        onChange={(value) =>
          setParams((previous) => {
            const next = new URLSearchParams(previous);
            if (value && value !== 'browse') next.set('tab', value);
            else next.delete('tab');
            return next;
          })
        }
      >
        <Tabs.List mb="md">
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`models.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="browse">
          <BrowsePanel />
        </Tabs.Panel>
        <Tabs.Panel value="selected">
          <SelectedPanel />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <HistoryPanel />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
