import { useDirection } from '@mantine/core';
import type { TFunction } from 'i18next';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Formats, makeFormats } from '../format/formats';
import { loadLanguage } from '../i18n/i18n';
import { loadPreferences, type Preferences, storePreferences } from './preferences';

interface PreferencesContextValue extends Preferences {
  readonly formats: Formats;
  readonly t: TFunction;
  readonly change: (part: Partial<Preferences>) => void;
}

const PreferencesContext = createContext<PreferencesContextValue | null>(null);

/** Language, direction and digits, applied to the document and to every format. */
export function PreferencesProvider({ children }: { readonly children: ReactNode }) {
  const [preferences, setPreferences] = useState(loadPreferences);
  const { setDirection } = useDirection();
  const { t, i18n } = useTranslation();
  const { language, digits } = preferences;

  useEffect(() => {
    setDirection(language === 'fa' ? 'rtl' : 'ltr');
    document.documentElement.lang = language;
    storePreferences(preferences);
  }, [language, preferences, setDirection]);

  const value = useMemo(
    () => ({
      language,
      digits,
      formats: makeFormats(language, digits),
      t,
      change: (part: Partial<Preferences>) => {
        const next = { ...preferences, ...part };
        // Before the texts are written anew: they ask for the digits.
        storePreferences(next);
        void loadLanguage(next.language).then(() =>
          i18n.changeLanguage(next.language).then(() => setPreferences(next)),
        );
      },
    }),
    [language, digits, preferences, i18n, t],
  );
  return <PreferencesContext value={value}>{children}</PreferencesContext>;
}

export function usePreferences(): PreferencesContextValue {
  const value = useContext(PreferencesContext);
  if (value === null) throw new Error('usePreferences needs a PreferencesProvider above it.');
  return value;
}

/** The texts, for lists of many rows: `useTranslation` subscribes each caller on its own. */
export const useTexts = (): TFunction => usePreferences().t;

export const useFormats = (): Formats => usePreferences().formats;
