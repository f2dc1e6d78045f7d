import { ActionIcon, Group, Tooltip, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../preferences-provider';

const NEXT = { light: 'dark', dark: 'auto', auto: 'light' } as const;
const ICON = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop } as const;

/** Language and colour scheme, one press each. */
export function AppearanceControls() {
  const { t } = useTranslation();
  const { language, change } = usePreferences();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = ICON[colorScheme];
  const schemeLabel = t('shell.schemeIs', { scheme: t(`shell.scheme.${colorScheme}`) });
  return (
    <Group gap={2} wrap="nowrap">
      <Tooltip label={language === 'fa' ? 'English' : 'فارسی'}>
        <ActionIcon
          onClick={() => change({ language: language === 'fa' ? 'en' : 'fa' })}
          aria-label={language === 'fa' ? 'English' : 'فارسی'}
          lang={language === 'fa' ? 'en' : 'fa'}
        >
          <IconLanguage size={18} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={schemeLabel}>
        <ActionIcon onClick={() => setColorScheme(NEXT[colorScheme])} aria-label={schemeLabel}>
          <Icon size={18} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
