import { Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Provider, Selection } from '../../../client/types';
import { Identifier } from '../../../components/identifier';
import { PlainText } from '../../../components/plain-text';
import { ProviderAvatar } from '../../../components/provider-avatar';
import classes from './old-and-new.module.css';

interface OldAndNewProps {
  readonly old: Selection | undefined;
  readonly provider: Provider;
  readonly model: { readonly id: string; readonly name: string };
}

export function OldAndNew({ old, provider, model }: OldAndNewProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.pair}>
      <Side
        label={t('select.now')}
        slug={old?.provider}
        providerName={old?.provider_name}
        name={old?.model_name}
        id={old?.model_id}
      />
      <IconArrowRight
        size={20}
        className={`mirrored ${classes.arrow ?? ''}`}
        aria-label={t('select.becomes')}
        role="img"
      />
      <Side
        label={t('select.next')}
        slug={provider.slug}
        providerName={provider.display_name}
        name={model.name}
        id={model.id}
        fresh
      />
    </div>
  );
}

interface SideProps {
  readonly label: string;
  readonly slug: string | undefined;
  readonly providerName: string | undefined;
  readonly name: string | undefined;
  readonly id: string | undefined;
  readonly fresh?: boolean;
}

function Side({ label, slug, providerName, name, id, fresh }: SideProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.side} data-fresh={fresh || undefined}>
      <Text size="xs" c="dimmed" mb={6}>
        {label}
      </Text>
      {slug && id ? (
        <>
          <div className={classes.provider}>
            <ProviderAvatar slug={slug} name={providerName ?? slug} size={22} />
            <Text size="xs" component="span">
              <PlainText value={providerName ?? slug} limit={40} />
            </Text>
          </div>
          <Text fw={650} lh={1.35} mt={6} component="div">
            <PlainText value={name || id} limit={100} />
          </Text>
          <Text size="xs" c="dimmed" component="div">
            <Identifier value={id} limit={100} />
          </Text>
        </>
      ) : (
        <Text size="sm">{t('overview.noModel')}</Text>
      )}
    </div>
  );
}
