import type { Digits, Language } from '../format/formats';

/** What this browser remembers; nothing of it is secret. */
export interface Preferences {
  readonly language: Language;
  readonly digits: Digits;
}

const LANGUAGE = 'switchboard.language';
const DIGITS = 'switchboard.digits';

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function loadPreferences(): Preferences {
  const language = stored(LANGUAGE) ?? navigator.language.slice(0, 2);
  return { language: language === 'fa' ? 'fa' : 'en', digits: stored(DIGITS) === 'persian' ? 'persian' : 'latin' };
}

export function storePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(LANGUAGE, preferences.language);
    localStorage.setItem(DIGITS, preferences.digits);
  } catch {
    // a browser without storage forgets; nothing else changes
  }
}
