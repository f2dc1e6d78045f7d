import { Card, type MantineColorScheme, Radio, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../app/preferences-provider';
import type { Digits, Language } from '../../format/formats';

/** Kept in this browser. */
export function AppearancePanel() {
  const { t } = useTranslation();
  const { language, digits, formats, change } = usePreferences();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Card maw={560}>
      <Stack gap="lg">
        <Radio.Group
          label={t('settings.language')}
          value={language}
          onChange={(value) => change({ language: value as Language })}
        >
          <Stack gap={8} mt={6}>
            <Radio value="en" label="English" lang="en" />
            <Radio value="fa" label="فارسی" lang="fa" />
          </Stack>
        </Radio.Group>
        <Radio.Group
          label={t('settings.digits')}
          value={digits}
          onChange={(value) => change({ digits: value as Digits })}
        >
          <Stack gap={8} mt={6}>
            <Radio value="latin" label={t('settings.digitsLatin')} />
            <Radio value="persian" label={t('settings.digitsPersian')} />
          </Stack>
        </Radio.Group>
        <Radio.Group
          label={t('settings.scheme')}
          value={colorScheme}
          onChange={(value) => setColorScheme(value as MantineColorScheme)}
        >
          <Stack gap={8} mt={6}>
            {(['auto', 'light', 'dark'] as const).map((value) => (
              <Radio key={value} value={value} label={t(`shell.scheme.${value}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Text size="sm" c="dimmed">
          {t('settings.example')} <bdi>{formats.dateTime(new Date())}</bdi> · <bdi>{formats.number(1234567.89)}</bdi> ·{' '}
          <bdi>{formats.money('0.00042')}</bdi>
        </Text>
      </Stack>
    </Card>
  );
}
