import { Radio, type RadioGroupProps, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The two roles, with what each may. */
export function RoleChoice(props: Omit<RadioGroupProps, 'children'>) {
  const { t } = useTranslation();
  return (
    <Radio.Group label={t('people.role')} {...props}>
      <Stack gap={8} mt={6}>
        <Radio value="admin" label={t('role.admin')} description={t('people.adminMay')} />
        <Radio value="superadmin" label={t('role.superadmin')} description={t('people.superadminMay')} />
      </Stack>
    </Radio.Group>
  );
}
