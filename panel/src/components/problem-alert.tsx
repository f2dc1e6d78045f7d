import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { toProblem } from '../client/problem';
import { Identifier } from './identifier';
import { PlainText } from './plain-text';

/** What went wrong, beside the thing that was tried; the form stays as it was. */
export function ProblemAlert({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  if (!error) return null;
  const problem = toProblem(error);
  const title = problem.code === 'offline' ? t('problem.offline') : problem.title;
  const detail = problem.code === 'offline' ? t('problem.offlineDetail') : problem.detail;
  return (
    <Alert
      role="alert"
      color="brick"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={<PlainText value={title} limit={120} />}
    >
      <Text size="sm" component="div" c="var(--ink)">
        <PlainText value={detail} />
        {problem.errors.map((entry) => (
          <div key={`${entry.field}${entry.message}`}>
            <Identifier value={entry.field} />: <PlainText value={entry.message} />
          </div>
        ))}
        {problem.retryAfterSeconds !== undefined && (
          <div>{t('problem.retryAfter', { seconds: problem.retryAfterSeconds })}</div>
        )}
        {problem.requestId && problem.status >= 500 && (
          <Text size="xs" mt={4} component="div" c="dimmed">
            {t('problem.requestId')} <Identifier value={problem.requestId} />
          </Text>
        )}
      </Text>
    </Alert>
  );
}
