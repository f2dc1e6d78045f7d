import { useTranslation } from 'react-i18next';
import { SignInForm } from './sign-in-form';
import { SignInFrame } from './sign-in-frame';

export function SignInPage({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const { t } = useTranslation();
  return (
    <SignInFrame title={t('signIn.title')} hint={t('signIn.hint')}>
      <SignInForm onSignedIn={onSignedIn} />
    </SignInFrame>
  );
}
