import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCloudOff, IconLock, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { toProblem } from '../client/problem';
import { EmptyState } from './empty-state';
import { Identifier } from './identifier';
import { PlainText } from './plain-text';

interface ProblemStateProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** A whole area that could not be loaded: no permission, offline, not offered here, or an error with its number. */
export function ProblemState({ error, onRetry }: ProblemStateProps) {
  const { t } = useTranslation();
  const problem = toProblem(error);
  const retry = onRetry && (
    <Button variant="default" mt="xs" onClick={onRetry}>
      {t('common.retry')}
    </Button>
  );
  if (problem.status === 403)
    return (
      <EmptyState icon={<IconLock size={24} />} title={t('problem.forbidden')} detail={t('problem.forbiddenDetail')} />
    );
  if (problem.code === 'offline')
    return (
      <EmptyState
        icon={<IconCloudOff size={24} />}
        title={t('problem.offline')}
        detail={t('problem.offlineDetail')}
        action={retry}
      />
    );
  // The answer to a route that this server does not have.
  if (problem.status === 404 && problem.detail.startsWith('Cannot '))
    return (
      <EmptyState
        icon={<IconPlugConnectedX size={24} />}
        title={t('problem.notOffered')}
        detail={t('problem.notOfferedDetail')}
      />
    );
  if (problem.status === 404)
    return (
      <EmptyState
        icon={<IconPlugConnectedX size={24} />}
        title={t('problem.notFound')}
        detail={<PlainText value={problem.detail} />}
        action={retry}
      />
    );
  return (
    <EmptyState
      icon={<IconAlertTriangle size={24} />}
      title={problem.title}
      detail={
        <>
          <PlainText value={problem.detail} />
          {problem.requestId && (
            <div>
              {t('problem.requestId')} <Identifier value={problem.requestId} />
            </div>
          )}
        </>
      }
      action={retry}
    />
  );
}
