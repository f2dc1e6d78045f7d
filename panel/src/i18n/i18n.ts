import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../format/formats';
import type { Texts } from './texts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Texts };
  }
}

const LOADERS: Readonly<Record<Language, () => Promise<{ readonly texts: Texts }>>> = {
  en: () => import('./locales/en'),
  fa: () => import('./locales/fa'),
};

/** Loads the texts of one language; each is a chunk of its own. */
export async function loadLanguage(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  const { texts } = await LOADERS[language]();
  i18next.addResourceBundle(language, 'translation', texts);
}

export async function startTexts(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    // React escapes what it renders.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await loadLanguage(language);
  await i18next.changeLanguage(language);
}
