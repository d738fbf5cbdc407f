// Sentences of the server in the language of the page.
import { createIntl } from 'react-intl';
import { expect, it } from 'vitest';
import { distinct, warningsIn } from '../../src/api/warning.ts';
import { envelope } from '../../src/api/envelope.ts';
import { makeWords } from '../../src/i18n/words.ts';
import fr from '../../src/i18n/messages/fr.json';

const french = makeWords(createIntl({ locale: 'fr', messages: fr }));
const off = { code: 'plan-off-roads', values: { n: 1200, of: 3000 }, text: '1200 of 3000 bases are on no road, and reach nobody by road.' };

it('a sentence with a code is said in the language, with its numbers; one without, or of a code that nobody knows, as it came', () => {
  const [known, plain, unknown] = warningsIn([off.text, 'Plain.', 'New.'], [off, { code: null, values: null }, { code: 'new', values: {} }]).map(french.warning);
  expect(known).toBe('Bases sur aucune route, qui n’atteignent personne par route : 1\u202f200 sur 3\u202f000.');
  expect([plain, unknown]).toEqual(['Plain.', 'New.']);
});

it('one within another is said too, and a value by its code', () => {
  const care = { code: 'care-usual-cruise', values: { type: 'helicopter', kmh: 220 }, text: 'helicopter: cruising speed of 220 km/h' };
  const assumed = { code: 'care-assumed', values: { what: care, n: 2 } };
  const [medical = ''] = warningsIn(['Medical: …'], [{ code: 'plan-of-medical', values: { warning: { ...assumed, text: 'Assumed …' } } }]).map(french.warning);
  expect(medical).toMatch(/^Médical : Supposé .*vitesse de croisière de 220 km\/h \(2 enregistrements\)\.$/);
});

it('an envelope of a server without codes is read, and each sentence counts once', () => {
  const { warnings } = envelope({ warnings: ['A.', 'B.', 'A.'] }, '');
  expect(distinct(warnings).map((w) => w.text)).toEqual(['A.', 'B.']);
});
