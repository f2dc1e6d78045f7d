import { Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../client/people';
import { Dialog } from '../../components/dialog';
import { listSettings } from '../../client/providers';
import { QueryState } from '../../components/query-state';
import { LimitForm } from './limit-form';
import { plainString } from '../../text/neutralise';

/** Requests and money per month that one person may use, provider by provider. */
export function LimitModal({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [slug, setSlug] = useState<string | null>(null);
  const settings = useQuery({
    queryKey: ['provider-settings', person.id],
    queryFn: ({ signal }) => listSettings(signal, person.id),
  });
  return (
    <Dialog onClose={onClose} title={t('people.limitsOf', { name: person.name })}>
      <QueryState query={settings}>
        {({ data }) => {
          const setting = data.find((row) => row.provider === slug);
          return (
            <Stack>
              <Select
                label={t('models.provider')}
                value={slug}
                onChange={setSlug}
                searchable
                data-autofocus
                data={data.map((row) => ({ value: row.provider, label: plainString(row.provider_name) }))}
              />
              {setting && <LimitForm key={setting.provider} person={person} setting={setting} onDone={onClose} />}
            </Stack>
          );
        }}
      </QueryState>
    </Dialog>
  );
}
