import { describe, expect, it } from 'vitest';
import type { Item } from '../../src/api/shapes.ts';
import { found, groundOf } from '../../src/app/search.ts';

let key = 0;
const item = (name: string, lon: number, lat: number, more: Record<string, unknown> = {}): Item => ({ key: ++key, geometry: { type: 'Point', coordinates: [lon, lat] }, properties: { name, mission: null, ...more } });
const bases = [item('Gao', 0, 16, { mission: 'A' }), item('Kidal', 1, 18, { mission: 'A' }), item('Gaoua', 20, 5, { mission: 'B' })];
const ground = groundOf(bases, 'A');
const names = (items: Item[], text: string) => found(items, text, 'A', ground).map((i) => i.properties.name);

describe('names', () => {
  it('puts the current mission first, then names that begin so, then the larger place', () => {
    const places = [item('Big Gao', 40, 0, { population: 9e6 }), item('Gao far', 41, 0), item('New Gao', 0.5, 17), item('Gao small', 0.2, 16.2, { population: 10 }), item('Gao large', 0.3, 16.3, { population: 1000 })];
    expect(names(places, 'gao')).toEqual(['Gao large', 'Gao small', 'New Gao', 'Gao far', 'Big Gao']);
  });
  it('knows a base by its mission', () => expect(names(bases, 'gao')).toEqual(['Gao', 'Gaoua']));
  it('finds without accents, and nothing for nothing', () => {
    expect(names([item('Ménaka', 2, 16)], 'menaka')).toEqual(['Ménaka']);
    expect(names(bases, '  ')).toEqual([]);
  });
  it('leaves out what has no place', () => expect(names([{ ...item('Gao', 0, 0), geometry: null }], 'gao')).toEqual([]));
  it('has no ground when all missions are shown', () => expect(groundOf(bases, '')).toBeUndefined());
});
