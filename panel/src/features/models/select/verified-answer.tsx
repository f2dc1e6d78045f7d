import { Alert, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../app/preferences-provider';
import type { Verification } from '../../../client/types';
import { PlainText } from '../../../components/plain-text';

/** What the model said to the trial call. */
export function VerifiedAnswer({ verification }: { readonly verification: Verification }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Alert
      color="pine"
      icon={<IconCircleCheck size={18} />}
      title={t('select.verified', { time: formats.duration(verification.latency_ms) })}
    >
      {verification.bytes !== null && (
        <Text size="sm" c="var(--ink)">
          {t('select.sentBack', { value: formats.number(verification.bytes) })}
        </Text>
      )}
      {verification.reply && (
        <Text size="sm" component="div" c="var(--ink)" style={{ whiteSpace: 'pre-wrap' }}>
          <PlainText value={verification.reply} />
        </Text>
      )}
    </Alert>
  );
}
