import { Button, Center } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isRouteErrorResponse, useRouteError } from 'react-router';
import { EmptyState } from '../components/empty-state';

/** An unknown address, a chunk that a newer version replaced, or a defect of a page. */
export function PageCrash() {
  const { t } = useTranslation();
  const error = useRouteError();
  const missing = isRouteErrorResponse(error) && error.status === 404;
  const outdated = error instanceof TypeError && /import|module/i.test(error.message);
  const title = missing ? t('problem.notFound') : outdated ? t('problem.outdated') : t('problem.crash');
  return (
    <Center mih="60dvh" component="main">
      <EmptyState
        title={title}
        detail={outdated ? t('problem.outdatedDetail') : undefined}
        icon={<IconRefresh size={24} />}
        action={
          <Button mt="xs" onClick={() => (missing ? location.assign(document.baseURI) : location.reload())}>
            {missing ? t('nav.overview') : t('common.reload')}
          </Button>
        }
      />
    </Center>
  );
}
