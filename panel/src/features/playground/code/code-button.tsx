import { ActionIcon, Modal, Stack, Tabs, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCode } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CodeBlock } from '../../../components/code-block';
import type { Snippet } from './snippets';

/** The call as curl and as SDK code, made when asked for. */
export function CodeButton({ snippets }: { readonly snippets: () => readonly Snippet[] }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const shown = opened ? snippets() : [];
  return (
    <>
      <Tooltip label={t('playground.code')}>
        <ActionIcon onClick={open} aria-label={t('playground.code')}>
          <IconCode size={18} />
        </ActionIcon>
      </Tooltip>
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
          <Tabs defaultValue={shown[0]?.name ?? ''}>
            <Tabs.List mb="sm">
              {shown.map(({ name }) => (
                <Tabs.Tab key={name} value={name}>
                  <bdi dir="ltr">{name}</bdi>
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {shown.map(({ name, code }) => (
              <Tabs.Panel key={name} value={name}>
                <CodeBlock code={code} label={name} />
              </Tabs.Panel>
            ))}
          </Tabs>
        </Stack>
      </Modal>
    </>
  );
}
