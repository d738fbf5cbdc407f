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

it('fields, layers and analyses within a sentence have their names, and a fault within another is said too', () => {
  const said = (code: string, values: Record<string, unknown>) => french.warning({ code, values, text: 'In English.' });
  expect(said('file-unknown-codes', { field: 'kind', codes: '"hamlet" (3)' })).toBe('Codes inconnus du champ « Genre » : "hamlet" (3)');
  expect(said('step-beside-route', { collection: 'places' })).toBe('examen de Lieux');
  expect(said('step-asking-of', { process: 'gaps', option: 'A' })).toBe('Lacunes de couverture pour A');
  const inner = { code: 'row-decimal-comma', values: { value: '16,27' }, text: '"16,27" is not a number' };
  expect(said('row-unread-degrees', { problem: inner })).toMatch(/^« 16,27 » n’est pas un nombre ; .* ; écrivez des degrés décimaux, comme -3.0026$/);
});

it('an input has the name of its field, else that of its title, else the title', () => {
  const names = [{ name: 'kind', title: 'Kind' }, { name: 'snap_m', title: 'Farthest from a road' }, { name: 'x', title: 'Unheard of' }];
  expect(names.map(french.input)).toEqual(['Genre', 'Distance maximale d’une route', 'Unheard of']);
});

it('an envelope of a server without codes is read, and each sentence counts once', () => {
  const { warnings } = envelope({ warnings: ['A.', 'B.', 'A.'] }, '');
  expect(distinct(warnings).map((w) => w.text)).toEqual(['A.', 'B.']);
});
