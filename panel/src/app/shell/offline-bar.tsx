import { Alert } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { IconCloudOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Says that the network is gone; what was loaded stays readable. */
export function OfflineBar() {
  const { t } = useTranslation();
  const { online } = useNetwork();
  return (
    <div role="status">
      {!online && (
        <Alert role="group" color="amber" icon={<IconCloudOff size={18} />} mt="sm" title={t('problem.offline')}>
          {t('problem.offlineBar')}
        </Alert>
      )}
    </div>
  );
}
