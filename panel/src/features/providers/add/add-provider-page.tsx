import { Card, Tabs } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsSuperadmin } from '../../../app/session-provider';
import { Problem } from '../../../client/problem';
import { BackLink } from '../../../components/back-link';
import { PageHeader } from '../../../components/page-header';
import { ProblemState } from '../../../components/problem-state';
import { ImportPreview } from './import-preview';
import { JsonImport } from './json-import';
import { ProviderCreateForm } from './provider-create-form';
import type { ProviderEntry } from './provider-entry';

const FORBIDDEN = new Problem({ status: 403, code: 'forbidden', title: '', detail: '' });

/** A provider by form or many by JSON; both show what will change before anything does. */
export function AddProviderPage() {
  const { t } = useTranslation();
  const [entries, setEntries] = useState<readonly ProviderEntry[] | null>(null);
  if (!useIsSuperadmin()) return <ProblemState error={FORBIDDEN} />;
  return (
    <>
      <BackLink to="/providers">{t('providers.back')}</BackLink>
      <PageHeader title={t('providers.add')} description={t('providers.addHint')} />
      <Card maw={760}>
        <div hidden={entries !== null}>
          <Tabs defaultValue="form" keepMounted>
            <Tabs.List mb="lg">
              <Tabs.Tab value="form">{t('providers.byForm')}</Tabs.Tab>
              <Tabs.Tab value="json">{t('providers.byJson')}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="form">
              <ProviderCreateForm onReady={(entry) => setEntries([entry])} />
            </Tabs.Panel>
            <Tabs.Panel value="json">
              <JsonImport onReady={setEntries} />
            </Tabs.Panel>
          </Tabs>
        </div>
        {entries && <ImportPreview entries={entries} onBack={() => setEntries(null)} />}
      </Card>
    </>
  );
}
