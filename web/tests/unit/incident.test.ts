import { createIntl } from 'react-intl';
import { describe, expect, it } from 'vitest';
import { makeWords } from '../../src/i18n/words.ts';
import en from '../../src/i18n/messages/en.json';
import { gradeOf, isSynthetic, precisionOf, whatOf, whereOf, windOf } from '../../src/panels/incident.ts';

const words = makeWords(createIntl({ locale: 'en', messages: en }));
const hombori = { name: 'Hombori', metres: 16_000, bearing: 268 };

describe('an incident in words', () => {
  it('says what it was, and on which road', () => {
    expect(whatOf({ category: 'ied', outcome: 'detonated', route: 'RN16' }, words)).toBe('Detonation on RN16');
    expect(whatOf({ category: 'mine', outcome: 'found', route: null }, words)).toBe('Device found');
    expect(whatOf({ category: 'direct_fire', outcome: null }, words)).toBe('Direct fire');
    expect(whatOf({ category: 'ied', outcome: 'unknown' }, words)).toBe('IED');
    expect(whatOf({}, words)).toBe('Incident');
  });
  it('says where, seen from the nearest place', () => {
    expect(whereOf({ place_precision: 1 }, hombori, words)).toBe('16 km west of Hombori');
    expect(whereOf({}, { ...hombori, metres: 400 }, words)).toBe('At Hombori');
    expect(whereOf({ place_precision: 4 }, hombori, words)).toBe('In the area of Hombori');
  });
  it('knows the eight winds, and that north is on both sides of zero', () => {
    expect([0, 22, 23, 359, 337, 338, -90, 180, 450].map(windOf)).toEqual(['north', 'north', 'northeast', 'north', 'northwest', 'north', 'west', 'south', 'east']);
  });
  it('says how well it is known', () => {
    expect(precisionOf({ time_precision: 'day', place_precision: 2 }, words)).toBe('Day; within 25 km');
    expect(precisionOf({}, words)).toBe('');
    expect(gradeOf({ reliability: 'B', credibility: 2 }, words)).toEqual({ letters: 'B2', words: 'usually reliable, probably true' });
    expect(gradeOf({ reliability: 'Z' }, words)).toBeUndefined();
    expect(isSynthetic({ confidence: 'synthetic' })).toBe(true);
    expect(isSynthetic({ source: 'ACLED' })).toBe(false);
  });
});
