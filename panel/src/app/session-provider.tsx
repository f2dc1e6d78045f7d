import { Center, Loader, Modal } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, lazy, type ReactNode, Suspense, useContext, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { INVITATION_PATH } from '../client/invitations';
import { toProblem } from '../client/problem';
import { readSession, type SessionUser } from '../client/session';
import { ProblemState } from '../components/problem-state';
import { SignInForm } from '../features/sign-in/sign-in-form';
import { SignInPage } from '../features/sign-in/sign-in-page';

const SessionContext = createContext<SessionUser | null>(null);

const InvitationPage = lazy(async () => ({
  default: (await import('../features/invitations/invitation-page')).InvitationPage,
}));

const isInvitation = (): boolean => location.pathname === new URL(INVITATION_PATH, document.baseURI).pathname;

/** Nobody: the sign-in page. A session lost on the way: a dialog over the page, which keeps what was typed. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [lost, setLost] = useState(false);
  const session = useQuery({
    queryKey: ['session'],
    queryFn: async ({ signal }) => (await readSession(signal)) ?? null,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  useEffect(() => {
    const onLost = () => setLost(true);
    window.addEventListener('switchboard:session-lost', onLost);
    return () => window.removeEventListener('switchboard:session-lost', onLost);
  }, []);

  if (isInvitation())
    return (
      <Suspense fallback={null}>
        <InvitationPage />
      </Suspense>
    );
  if (session.isPending)
    return (
      <Center h="100dvh" role="status" aria-label={t('common.loading')}>
        <Loader />
      </Center>
    );
  if (session.isError && toProblem(session.error).status !== 401)
    return (
      <Center h="100dvh" component="main">
        <ProblemState error={session.error} onRetry={() => void session.refetch()} />
      </Center>
    );
  const user = session.data?.user;
  if (!user) return <SignInPage onSignedIn={() => void client.invalidateQueries()} />;
  return (
    <SessionContext value={user}>
      {children}
      <Modal
        opened={lost}
        onClose={() => undefined}
        withCloseButton={false}
        closeOnEscape={false}
        title={t('signIn.again')}
        zIndex={400}
      >
        <SignInForm
          email={user.email}
          onSignedIn={() => {
            setLost(false);
            void client.invalidateQueries();
          }}
        />
      </Modal>
    </SessionContext>
  );
}

/** Who is signed in. */
export function useUser(): SessionUser {
  const user = useContext(SessionContext);
  if (user === null) throw new Error('useUser needs a SessionProvider above it.');
  return user;
}

export const useIsSuperadmin = (): boolean => useUser().role === 'superadmin';
