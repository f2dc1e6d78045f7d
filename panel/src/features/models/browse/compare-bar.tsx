import { Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { CatalogModel } from '../../../client/types';
import classes from './compare.module.css';
import { CompareTable } from './compare-table';

interface CompareBarProps {
  readonly models: readonly CatalogModel[];
  readonly onClear: () => void;
  readonly onSelect: (model: CatalogModel) => void;
}

/** Appears once a model is ticked; up to four stand side by side. */
export function CompareBar({ models, onClear, onSelect }: CompareBarProps) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  if (models.length === 0) return null;
  return (
    <>
      <div className={classes.bar} role="status">
        <Text size="sm">{t('models.comparing', { count: models.length })}</Text>
        <Group gap="xs">
          <Button size="xs" onClick={open} disabled={models.length < 2}>
            {t('models.compare')}
          </Button>
          <Button size="xs" variant="default" onClick={onClear}>
            {t('common.clear')}
          </Button>
        </Group>
      </div>
      <Modal
        opened={opened}
        onClose={close}
        size="xl"
        title={t('models.compare')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <CompareTable
          models={models}
          onSelect={(model) => {
            close();
            onSelect(model);
          }}
        />
      </Modal>
    </>
  );
}
