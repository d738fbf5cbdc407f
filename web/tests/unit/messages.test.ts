import { createIntl } from 'react-intl';
import { describe, expect, it } from 'vitest';
import ar from '../../src/i18n/messages/ar.json';
import en from '../../src/i18n/messages/en.json';
import es from '../../src/i18n/messages/es.json';
import fr from '../../src/i18n/messages/fr.json';
import ru from '../../src/i18n/messages/ru.json';
import zh from '../../src/i18n/messages/zh.json';
import type { Field } from '../../src/api/shapes.ts';
import { makeWords, readable } from '../../src/i18n/words.ts';

const complete: Record<string, Record<string, string>> = { fr, zh };
/** What these lack is shown in English. */
const partial: Record<string, Record<string, string>> = { ar, es, ru };
const english: Record<string, string> = en;
/** Values a message takes: the words right after an opening brace. */
const valuesOf = (message: string) => [...new Set([...message.matchAll(/\{(\w+)\s*[,}]/g)].map((m) => m[1]))].sort();

it.each(Object.keys(complete))('%s has every key of English', (language) => {
  expect(Object.keys(english).filter((key) => !(key in (complete[language] ?? {})))).toEqual([]);
});

describe.each(Object.keys({ ...complete, ...partial }))('messages in %s', (language) => {
  const own = { ...complete, ...partial }[language] ?? {};
  it('has no key that English lacks', () => expect(Object.keys(own).filter((key) => !(key in english))).toEqual([]));
  it('has the plural forms of its language', () => {
    const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, message] of Object.entries(own))
      for (const [, body] of message.matchAll(/\{\w+, plural,((?:[^{}]|\{[^{}]*\})*)\}/g)) {
        const forms = [...(body ?? '').matchAll(/([a-z]+) \{/g)].map((m) => m[1]);
        // Where only one and the rest differ, a message may be so worded that they need not.
        if (wanted.length > 3) expect(forms.sort(), key).toEqual([...wanted].sort());
        else expect(forms, key).toContain('other');
      }
  });
  it('takes the same values', () => {
    for (const [key, message] of Object.entries(own)) {
      const wanted = valuesOf(english[key] ?? '').filter((v) => v !== 'n' || message.includes('{n'));
      expect(valuesOf(message), key).toEqual(wanted);
    }
  });
  it('has no empty message', () => expect(Object.entries(own).filter(([, m]) => !m.trim())).toEqual([]));
});

it('every message is well formed in every language', () => {
  const sample = (id: string) => Object.fromEntries(valuesOf(english[id] ?? '').map((value) => [value, 2]));
  for (const [locale, messages] of Object.entries({ en: english, ...complete, ...partial })) {
    const intl = createIntl({ locale, messages, onError: (e) => { throw e; } });
    for (const id of Object.keys(messages)) expect(intl.formatMessage({ id }, sample(id)), `${locale} ${id}`).not.toContain('{');
  }
}, 30_000);

it('a code without a translation is readable', () => expect(readable('forward_arming_point')).toBe('Forward arming point'));

describe('units', () => {
  const wordsIn = (locale: string, messages: Record<string, string>) => makeWords(createIntl({ locale, messages }));
  it.each([
    ['{USD}/a', 'US$/yr', 'долл. США/год', 'دولار/سنة'],
    ['/(km.a)', '/km·yr', '/км·год', '/كم·سنة'],
    ['/(1000.km)', '/1000 km', '/1000 км', '/1000 كم'],
    ['/km2/a', '/km²/yr', '/км²/год', '/كم²/سنة'],
    ['/a2', '/yr²', '/год²', '/سنة²'],
    ['km/h', 'km/h', 'км/ч', 'كم/س'],
    ['%', '%', '%', '%'],
    ['1', '', '', ''],
  ])('%s is written as people of the language write it', (ucum, ...wanted) => {
    expect([wordsIn('en', english), wordsIn('ru', ru), wordsIn('ar', ar)].map((w) => w.unit(ucum))).toEqual(wanted);
  });
  it('stand behind a number', () => expect(wordsIn('ru', ru).value({ name: 'n', title: 'N', type: 'number', unit: 'km/h', codes: [], nullable: true } as unknown as Field, 220)).toBe('220 км/ч'));
  it('are none where there is none', () => expect(wordsIn('en', english).unit(undefined)).toBe(''));
});

describe('reasons for which rows are left out', () => {
  const rows = (locale: string, messages: Record<string, string>) =>
    makeWords(createIntl({ locale, messages })).rows({ rows_used: 5, rows_selected: undefined, rows_dropped: { 'without a place': 9, 'states no population above 0': 2, 'on the moon': 1, 'on no road': 0 } });
  it('are told in the language of the page, with its comma', () => {
    expect(rows('en', english)).toMatch(/5.*17.*12.* 9 \(without a place\), 2 \(states no population above 0\), 1 \(on the moon\)$/);
    expect(rows('ru', ru)).toContain(' 9 (без места), 2 (не указано значение больше 0: население), 1 (on the moon)');
    expect(rows('zh', zh)).toContain(' 9 （无位置）、2 （未说明大于 0 的人口）、1 （on the moon）');
  });
  it('are not told where none is', () => {
    const text = makeWords(createIntl({ locale: 'en', messages: english })).rows({ rows_used: 5, rows_selected: 5, rows_dropped: { 'on no road': 0 } });
    expect(text).toBe(createIntl({ locale: 'en', messages: english }).formatMessage({ id: 'method.used' }, { used: '5', selected: '5' }));
  });
});

it('a sentence names fields, sums of fields and periods as the page does', () => {
  const words = makeWords(createIntl({ locale: 'ru', messages: ru }));
  expect(words.warning({ text: '', code: 'figures-field-unstated', values: { n: 2, of: 5, field: 'killed+injured' } })).toContain('«Убиты + Ранены»');
  expect(words.warning({ text: '', code: 'figures-time-cuts', values: { period: 'month' } })).toContain('(Месяц)');
});
