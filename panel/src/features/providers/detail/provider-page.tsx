import { Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconListSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useIsSuperadmin } from '../../../app/session-provider';
import { BackLink } from '../../../components/back-link';
import { CapabilityMarks } from '../../../components/capability-marks';
import { Identifier } from '../../../components/identifier';
import { PageHeader } from '../../../components/page-header';
import { PlainText } from '../../../components/plain-text';
import { ProviderAvatar } from '../../../components/provider-avatar';
import { QueryState } from '../../../components/query-state';
import { providerQuery } from '../provider-queries';
import { CatalogSection } from './catalog-section';
import { ChangesSection } from './changes-section';
import { KeySection } from './key-section';
import { ProviderForm } from './provider-form';
import { ProviderFacts } from './provider-facts';
import { RemoveProvider } from './remove-provider';

/** One provider: its keys, its connection, who may use it, its catalog. */
export function ProviderPage() {
  const { t } = useTranslation();
  const slug = useParams()['slug'] ?? '';
  const isSuperadmin = useIsSuperadmin();
  const query = useQuery(providerQuery(slug));
  return (
    <>
      <BackLink to="/providers">{t('providers.back')}</BackLink>
      <QueryState query={query}>
        {(latest) => {
          const provider = latest.value;
          return (
            <>
              <PageHeader
                title={provider.display_name}
                before={<ProviderAvatar slug={provider.slug} name={provider.display_name} size={52} />}
                description={
                  <Group gap={12}>
                    <Identifier value={provider.slug} />
                    <CapabilityMarks capabilities={provider.capabilities} />
                  </Group>
                }
                actions={
                  <Button
                    component={Link}
                    to={`/models?provider=${encodeURIComponent(provider.slug)}`}
                    leftSection={<IconListSearch size={16} />}
                  >
                    {t('providers.browse')}
                  </Button>
                }
              />
              {provider.description && (
                <Text mb="lg" maw={760} component="div">
                  <PlainText value={provider.description} limit={1200} />
                </Text>
              )}
              <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg" verticalSpacing="lg">
                <Stack gap="lg">
                  {isSuperadmin && <KeySection provider={provider} scope="shared" />}
                  {provider.allow_personal_keys && <KeySection provider={provider} scope="personal" />}
                  <CatalogSection provider={provider} />
                  <ProviderFacts provider={provider} />
                </Stack>
                <Stack gap="lg">
                  {isSuperadmin && <ProviderForm key={provider.slug} latest={latest} />}
                  <ChangesSection slug={provider.slug} />
                  {isSuperadmin && <RemoveProvider provider={provider} />}
                </Stack>
              </SimpleGrid>
            </>
          );
        }}
      </QueryState>
    </>
  );
}
