import { createIntl } from 'react-intl';
import { describe, expect, it } from 'vitest';
import en from '../../src/i18n/messages/en.json';
import fr from '../../src/i18n/messages/fr.json';
import zh from '../../src/i18n/messages/zh.json';
import { readable } from '../../src/i18n/words.ts';

const complete: Record<string, Record<string, string>> = { fr, zh };
const english: Record<string, string> = en;
/** Values a message takes: the words right after an opening brace. */
const valuesOf = (message: string) => [...new Set([...message.matchAll(/\{(\w+)\s*[,}]/g)].map((m) => m[1]))].sort();

describe.each(Object.keys(complete))('messages in %s', (language) => {
  const own = complete[language] ?? {};
  it('has every key of English and no other', () => expect(Object.keys(own).sort()).toEqual(Object.keys(english).sort()));
  it('takes the same values', () => {
    for (const [key, message] of Object.entries(own)) {
      const wanted = valuesOf(english[key] ?? '').filter((v) => v !== 'n' || message.includes('{n'));
      expect(valuesOf(message), key).toEqual(wanted);
    }
  });
  it('has no empty message', () => expect(Object.entries(own).filter(([, m]) => !m.trim())).toEqual([]));
});

it('every message is well formed in every language', () => {
  const sample = { n: 2, all: 3, name: 'x', key: 1, text: 'x', value: 'x', reached: 1, total: 2, only: 1, none: 1, shown: '2', used: 1, selected: 2, reason: 'x', most: 3 };
  for (const [locale, messages] of Object.entries({ en: english, ...complete })) {
    const intl = createIntl({ locale, messages, onError: (e) => { throw e; } });
    for (const id of Object.keys(messages)) expect(intl.formatMessage({ id }, sample), `${locale} ${id}`).not.toContain('{');
  }
});

it('a code without a translation is readable', () => expect(readable('forward_arming_point')).toBe('Forward arming point'));
