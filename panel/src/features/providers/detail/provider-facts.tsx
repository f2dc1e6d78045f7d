import { Anchor, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Provider } from '../../../client/types';
import { Identifier } from '../../../components/identifier';
import { PlainText } from '../../../components/plain-text';
import { Section } from '../../../components/section';
import { AccessTag } from '../access-tag';

export function ProviderFacts({ provider }: { readonly provider: Provider }) {
  const { t } = useTranslation();
  return (
    <Section title={t('providers.about')}>
      <Table layout="fixed" verticalSpacing={6} withRowBorders={false}>
        <Table.Tbody>
          <Row label={t('providers.access')}>
            <AccessTag provider={provider} />
            {provider.access_reason && (
              <Text size="xs" c="dimmed" mt={2} component="div">
                <PlainText value={provider.access_reason} />
              </Text>
            )}
          </Row>
          <Row label={t('providers.strategy')}>
            <Identifier value={provider.strategy} />
          </Row>
          <Row label={t('providers.baseUrl')}>
            <Identifier value={provider.api_base_url} />
          </Row>
          <Row label={t('providers.website')}>
            <OutsideLink href={provider.website} />
          </Row>
          <Row label={t('providers.documentation')}>
            <OutsideLink href={provider.documentation_url} />
          </Row>
        </Table.Tbody>
      </Table>
    </Section>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th w={140} c="dimmed" fw={500} fz="sm" ps={0} style={{ verticalAlign: 'top' }}>
        {label}
      </Table.Th>
      <Table.Td fz="sm">{children}</Table.Td>
    </Table.Tr>
  );
}

/** Only http and https become links, whatever a provider file says. */
function OutsideLink({ href }: { readonly href: string | null }) {
  if (!href || !/^https?:\/\//i.test(href)) return <span>–</span>;
  return (
    <Anchor href={href} target="_blank" rel="noreferrer noopener" size="sm">
      <Identifier value={href.replace(/^https?:\/\//i, '').replace(/\/$/, '')} limit={60} />
    </Anchor>
  );
}
