// Gives the page its language: messages, numbers, direction, and the language of the React Aria widgets.
import { useQuery } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { IntlProvider } from 'react-intl';
import { usePrefs } from '../state/prefs.ts';
import { directionOf, firstLanguage, localeOf, messagesOf } from './languages.ts';

export function LanguageProvider({ children }: { children: ReactNode }) {
  const language = firstLanguage(usePrefs((p) => p.language));
  const locale = localeOf(language, usePrefs((p) => p.digits));
  const messages = useQuery({ queryKey: ['messages', language], queryFn: () => messagesOf(language), staleTime: Infinity, placeholderData: (old) => old });
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
  }, [language]);
  if (!messages.data) return null;
  return (
    <IntlProvider locale={locale} messages={messages.data}>
      <I18nProvider locale={locale}>{children}</I18nProvider>
    </IntlProvider>
  );
}
