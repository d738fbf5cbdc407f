import { describe, expect, it } from 'vitest';
import type { Process } from '../../src/api/shapes.ts';
import { translated } from '../../src/i18n/help.ts';

const field = { type: 'number', title: 'Rate', description: 'For each km.' };
const process: Process = {
  id: 'p', title: 'P', description: 'What it does.', version: '1', inputs: {},
  outputs: { answer: { title: 'Answer', description: '', schema: { properties: { result: { properties: { title: { ...field, title: 'Title' }, rows: { type: 'array', title: 'Rows', items: { properties: { rate: field } } } } } } } } },
};
const help = { 'What it does.': 'Ce que cela fait.', Rate: 'Taux', 'For each km.': 'Par km.', Rows: 'Lignes', Title: 'Titre' };

describe('what the server says of an analysis', () => {
  it('is said in the language of the page at any depth', () => {
    const { description, outputs } = translated(process, help);
    expect(description).toBe('Ce que cela fait.');
    const { result } = outputs.answer?.schema.properties as { result: { properties: { title: unknown; rows: { title: string; items: { properties: { rate: unknown } } } } } };
    expect(result.properties.rows.title).toBe('Lignes');
    expect(result.properties.rows.items.properties.rate).toEqual({ type: 'number', title: 'Taux', description: 'Par km.' });
    expect(result.properties.title, 'a property that is called title').toEqual({ type: 'number', title: 'Titre', description: 'Par km.' });
  });
  it('stays in English where nobody has translated it, and nothing of it is lost', () => expect(translated(process, {})).toEqual(process));
});
