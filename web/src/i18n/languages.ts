// Languages of the page: each with a messages file is offered; a key that a file lacks falls back to English.
import type en from './messages/en.json';

export type MessageId = keyof typeof en;
export type Messages = Record<string, string>;

const files = import.meta.glob<{ default: Messages }>('./messages/*.json');
const load = Object.fromEntries(Object.entries(files).map(([path, open]) => [path.replace(/^.*\/(\w+)\.json$/, '$1'), open]));

/** The six of the United Nations, by their own names. */
const names: Record<string, string> = { ar: 'العربية', zh: '中文', en: 'English', fr: 'Français', ru: 'Русский', es: 'Español' };

export const languages = Object.entries(names).filter(([id]) => id in load).map(([id, name]) => ({ id, name }));

export function firstLanguage(chosen: string | undefined): string {
  const wanted = [chosen, ...navigator.languages.map((l) => l.split('-')[0])];
  return wanted.find((l) => l !== undefined && l in load) ?? 'en';
}

/** European digits, or those of the language where it has its own. */
export type Digits = 'european' | 'own';
export const hasOwnDigits = (language: string): boolean => language === 'ar';

/** What Intl is asked with: the day before the month in English, and the reader's choice of digits in Arabic. */
export function localeOf(language: string, digits: Digits): string {
  if (hasOwnDigits(language)) return `${language}-u-nu-${digits === 'own' ? 'arab' : 'latn'}`;
  return language === 'en' ? 'en-GB' : language;
}
/** The language of such a locale. */
export const languageOf = (locale: string): string => locale.split('-')[0] ?? locale;

export const directionOf = (language: string): 'rtl' | 'ltr' => (language === 'ar' ? 'rtl' : 'ltr');

export async function messagesOf(language: string): Promise<Messages> {
  const [english, own] = await Promise.all([load.en?.(), load[language]?.()]);
  return { ...english?.default, ...own?.default };
}
