import { Button, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../app/preferences-provider';
import type { CatalogModel } from '../../../client/types';
import { Identifier } from '../../../components/identifier';
import { PlainText } from '../../../components/plain-text';
import { modelFacts } from './model-facts';

/** Models as columns, facts as rows. */
export function CompareTable({
  models,
  onSelect,
}: {
  readonly models: readonly CatalogModel[];
  readonly onSelect: (model: CatalogModel) => void;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  const facts = models.map((model) => modelFacts(model, formats, t));
  return (
    <Table.ScrollContainer
      minWidth={160 + models.length * 170}
      type="native"
      tabIndex={0}
      role="region"
      aria-label={t('models.compare')}
    >
      <Table layout="fixed" verticalSpacing="xs" className="tabular">
        <Table.Thead>
          <Table.Tr>
            <Table.Td w={150} />
            {models.map((model) => (
              <Table.Th key={model.id} style={{ verticalAlign: 'top' }}>
                <PlainText value={model.name} limit={80} />
                <div style={{ fontWeight: 400 }}>
                  <Identifier value={model.id} limit={70} />
                </div>
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {(facts[0] ?? []).map((fact, row) => (
            <Table.Tr key={fact.label}>
              <Table.Th c="dimmed" fw={500}>
                {fact.label}
              </Table.Th>
              {facts.map((column, index) => (
                <Table.Td key={index}>
                  <bdi>{column[row]?.value}</bdi>
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Td />
            {models.map((model) => (
              <Table.Td key={model.id}>
                <Button size="xs" variant="light" disabled={model.is_active} onClick={() => onSelect(model)}>
                  {model.is_active ? t('models.inUse') : t('models.select')}
                </Button>
              </Table.Td>
            ))}
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
