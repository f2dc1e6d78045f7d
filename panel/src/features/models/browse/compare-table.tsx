import { Button, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../app/preferences-provider';
import type { CatalogModel } from '../../../client/types';
import { Identifier } from '../../../components/identifier';
import { PlainText } from '../../../components/plain-text';
import { modelFacts } from './model-facts';

/** What `modelFacts` writes for what nobody knows. */
const UNKNOWN = '–';

/** Models as columns, facts as rows: those known of at least one, bold where they differ. */
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
  const lines = (facts[0] ?? [])
    .map(({ label }, row) => ({ label, values: facts.map((column) => column[row]?.value ?? UNKNOWN) }))
    .filter(({ values }) => values.some((value) => value !== UNKNOWN));
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
          {lines.map(({ label, values }) => (
            <Table.Tr key={label}>
              <Table.Th role="rowheader" c="dimmed" fw={500}>
                {label}
              </Table.Th>
              {values.map((value, index) => (
                <Table.Td key={index} fw={new Set(values).size > 1 ? 600 : 400}>
                  <bdi>{value}</bdi>
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
