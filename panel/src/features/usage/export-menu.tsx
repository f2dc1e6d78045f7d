import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { UsagePeriod } from '../../client/usage';
import { notifyProblem } from '../../components/notify';
import { ledgerFile } from './ledger-file';

/** The ledger of the period as a file. */
export function ExportMenu({ period }: { readonly period: UsagePeriod }) {
  const { t } = useTranslation();
  const download = useMutation({
    mutationFn: async (format: 'csv' | 'json') => ({ format, file: await ledgerFile(period, format) }),
    onSuccess: ({ format, file }) => {
      const address = URL.createObjectURL(file);
      const link = document.createElement('a');
      link.href = address;
      link.download = `usage-${period.from}-${period.to}.${format}`;
      link.click();
      URL.revokeObjectURL(address);
    },
    onError: notifyProblem,
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} />} loading={download.isPending}>
          {t('usage.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['csv', 'json'] as const).map((format) => (
          <Menu.Item key={format} onClick={() => download.mutate(format)}>
            <bdi dir="ltr">{format.toUpperCase()}</bdi>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
