import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { loadPreferences } from '../app/preferences';
import { type Language, makeFormats } from '../format/formats';
import { harmlessInSentence } from '../text/neutralise';
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

const inDigits = (value: string): string =>
  /^\d+$/.test(value) ? makeFormats('en', loadPreferences().digits).number(Number(value)) : value;

export async function startTexts(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    // React escapes markup; this takes the directional controls out of names, and writes counts in the chosen digits.
    interpolation: { escapeValue: true, escape: (value) => inDigits(harmlessInSentence(value)) },
    returnNull: false,
  });
  await loadLanguage(language);
  await i18next.changeLanguage(language);
}
