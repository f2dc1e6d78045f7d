import { Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCode } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ToolButton } from '../tool-button';
import { SnippetTabs } from './snippet-tabs';
import type { Snippet } from './snippets';

/** The call as curl and as SDK code, made when asked for. */
export function CodeButton({ snippets }: { readonly snippets: () => readonly Snippet[] }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const shown = opened ? snippets() : [];
  return (
    <>
      <ToolButton icon={<IconCode size={18} />} name={t('playground.code')} onClick={open} />
      <Modal
        opened={opened}
        onClose={close}
        size="xl"
        title={t('playground.code')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('playground.codeHint')}
          </Text>
          <SnippetTabs snippets={shown} />
        </Stack>
      </Modal>
    </>
  );
}
