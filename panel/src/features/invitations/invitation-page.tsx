import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/preferences-provider';
import { toProblem } from '../../client/problem';
import { readInvitation } from '../../client/invitations';
import { Identifier } from '../../components/identifier';
import { ProblemAlert } from '../../components/problem-alert';
import { LoadingLines } from '../../components/query-state';
import { SignInFrame } from '../sign-in/sign-in-frame';
import { AcceptForm } from './accept-form';

const tokenInAddress = (): string => new URLSearchParams(location.hash.slice(1)).get('token') ?? '';

/** Where the link of an invitation leads: a name, a password, and one is in. */
export function InvitationPage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const [token] = useState(tokenInAddress);
  // Neither the history of the browser nor a screenshot keeps it.
  useEffect(() => history.replaceState(null, '', location.pathname), []);
  const offered = useQuery({
    queryKey: ['invitation'],
    queryFn: () => readInvitation(token),
    staleTime: Infinity,
    retry: false,
  });
  const home = new URL(document.baseURI).pathname;
  if (offered.isPending)
    return (
      <SignInFrame title={t('invitation.title')} hint={t('common.loading')}>
        <LoadingLines />
      </SignInFrame>
    );
  if (offered.isError)
    return (
      <SignInFrame title={t('invitation.invalid')} hint={t('invitation.invalidHint')}>
        {toProblem(offered.error).status !== 404 && <ProblemAlert error={offered.error} />}
        <Text mt="md" size="sm">
          <Anchor href={home}>{t('signIn.title')}</Anchor>
        </Text>
      </SignInFrame>
    );
  const { email, role, expires_at: expiresAt } = offered.data;
  return (
    <SignInFrame
      title={t('invitation.title')}
      hint={
        <>
          <Identifier value={email} limit={120} /> · {t(`role.${role}`)} ·{' '}
          {t('invitation.until', { time: formats.dateTime(expiresAt) })}
        </>
      }
    >
      <AcceptForm token={token} email={email} onDone={() => location.replace(home)} />
    </SignInFrame>
  );
}
