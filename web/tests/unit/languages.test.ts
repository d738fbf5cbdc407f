import { createIntl } from 'react-intl';
import { expect, it } from 'vitest';
import { directionOf, languageOf, localeOf } from '../../src/i18n/languages.ts';
import ar from '../../src/i18n/messages/ar.json';
import en from '../../src/i18n/messages/en.json';
import { makeWords } from '../../src/i18n/words.ts';
import { parseDay } from '../../src/state/typed.ts';

const words = (language: string, digits: 'european' | 'own' = 'european') =>
  makeWords(createIntl({ locale: localeOf(language, digits), messages: language === 'ar' ? ar : en, onError: () => undefined }));

it('numbers stand apart by a narrow space and lose by a true minus, in every language', () => {
  for (const language of ['en', 'fr', 'zh', 'ar', 'es', 'ru']) expect(words(language).count(-1234567).replace(/\u200e|\u061c/g, ''), language).toBe('−1\u202f234\u202f567');
});

it('Arabic counts in European digits until its own are chosen, and reads both', () => {
  expect(words('ar').day('2016-04-11')).toBe('11 أبريل 2016');
  expect(words('ar', 'own').day('2016-04-11')).toBe('١١ أبريل ٢٠١٦');
  expect(parseDay('١١ أبريل ٢٠١٦', 'first', 'ar')).toBe('2016-04-11');
  expect(words('ar', 'own').language).toBe('ar');
});

it('Latin names keep their direction in a sentence from right to left, and only there', () => {
  expect(words('ar').say('incident.at', { place: 'Kidal' })).toContain('\u2068Kidal\u2069');
  expect(words('ar').say('incident.at', { place: 'كيدال' })).not.toContain('\u2068');
  expect(words('en').say('incident.at', { place: 'Kidal' })).toBe('At Kidal');
});

it('days are short and plain', () => {
  expect(words('en').day('2016-04-11')).toBe('11 Apr 2016');
  expect(words('ru').day('2016-04-11')).toBe('11 апр. 2016');
});

it('knows the direction and the language of a locale', () => {
  expect(['ar', 'en', 'ru'].map(directionOf)).toEqual(['rtl', 'ltr', 'ltr']);
  expect(languageOf(localeOf('ar', 'own'))).toBe('ar');
});
