import { Button, Drawer, Group, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../app/preferences-provider';
import type { CatalogModel } from '../../../client/types';
import { CopyButton } from '../../../components/copy-button';
import { Identifier } from '../../../components/identifier';
import { PlainText } from '../../../components/plain-text';
import { ModelTags } from './model-cell';
import { modelFacts } from './model-facts';

interface ModelDrawerProps {
  readonly model: CatalogModel | null;
  readonly onClose: () => void;
  readonly onSelect: (model: CatalogModel) => void;
}

/** Everything known of one model. */
export function ModelDrawer({ model, onClose, onSelect }: ModelDrawerProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Drawer
      opened={model !== null}
      onClose={onClose}
      position="right"
      size="md"
      title={t('models.details')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {model && (
        <Stack gap="md">
          <div>
            <Text fw={650} fz="lg" component="div">
              <PlainText value={model.name} limit={160} />
            </Text>
            <Group gap={4} wrap="nowrap">
              <Text size="sm" c="dimmed" component="div">
                <Identifier value={model.id} />
              </Text>
              <CopyButton value={model.id} />
            </Group>
            <Group gap={6} mt={6}>
              <ModelTags model={model} />
            </Group>
          </div>
          {model.description && (
            <Text size="sm" component="div" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              <PlainText value={model.description} limit={1600} />
            </Text>
          )}
          <Table verticalSpacing={7} fz="sm" className="tabular">
            <Table.Tbody>
              {modelFacts(model, formats, t).map((fact) => (
                <Table.Tr key={fact.label}>
                  <Table.Th c="dimmed" fw={500} ps={0}>
                    {fact.label}
                  </Table.Th>
                  <Table.Td ta="end" pe={0}>
                    <bdi>{fact.value}</bdi>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Button onClick={() => onSelect(model)} disabled={model.is_active || Boolean(model.missing_since)}>
            {model.is_active ? t('models.inUse') : t('models.select')}
          </Button>
        </Stack>
      )}
    </Drawer>
  );
}
