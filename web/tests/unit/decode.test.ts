import { describe, expect, it } from 'vitest';
import { DecodeError, list, number, object, optional, text } from '../../src/api/decode.ts';
import { footprint } from '../../src/api/footprint.ts';
import { collections, fields, item, landing, page } from '../../src/api/shapes.ts';

describe('decoders', () => {
  it('say where an answer is not as agreed', () => {
    const shape = object({ a: list(object({ b: number })) });
    expect(() => shape({ a: [{ b: 1 }, { b: 'x' }] }, '')).toThrow('answer: a[1].b should be a number, is string');
    expect(() => shape([], '')).toThrow('answer: the body should be an object, is a list');
    expect(() => number(NaN, 'n')).toThrow(DecodeError);
  });
  it('take absent and null for the same', () => {
    const shape = object({ a: optional(text) });
    expect(shape({}, '')).toEqual({ a: undefined });
    expect(shape({ a: null }, '')).toEqual({ a: undefined });
  });
  it('read a landing page with nothing but links', () => {
    expect(landing({ links: [] }, '')).toMatchObject({ title: 'Bivouac', classification: 'unclassified', attribution: [] });
  });
  it('read collections', () => {
    expect(collections({ collections: [{ id: 'bases', itemCount: 3, geometryType: 'point' }] }, '').collections[0]).toMatchObject({ id: 'bases', itemCount: 3 });
    expect(() => collections({ collections: [{ title: 'no id' }] }, '')).toThrow('collections[0].id');
  });
  it('order fields as the schema states, and find geometry, codes and units', () => {
    const schema = { properties: { b: { type: 'number', 'x-ogc-propertySeq': 2, 'x-unit': 'km' }, geometry: { format: 'geometry-point', 'x-ogc-role': 'primary-geometry' }, a: { type: ['string', 'null'], 'x-codes': ['x', 'y'], 'x-ogc-propertySeq': 1 } } };
    const found = fields(schema, '');
    expect(found.map((f) => f.name)).toEqual(['a', 'b', 'geometry']);
    expect(found[0]).toMatchObject({ type: 'string', codes: ['x', 'y'] });
    expect(found[1]?.unit).toBe('km');
    expect(fields({ properties: { n: { type: 'integer', 'x-unit': '{person}' } } }, '')[0]?.unit).toBeUndefined();
    expect(fields({ properties: { n: { type: 'number', 'x-unit': '{USD}/a' } } }, '')[0]?.unit, 'money').toBe('{USD}/a');
    expect(found[2]?.geometry).toBe(true);
  });
  it('read items with and without a place, and the next link', () => {
    expect(item({ id: '7', geometry: null, properties: null }, '')).toEqual({ key: 7, geometry: null, properties: {} });
    expect(() => item({ id: 'x' }, '')).toThrow('.id');
    const read = page({ features: [], numberMatched: 9, links: [{ rel: 'self', href: '/a' }, { rel: 'next', href: '/b' }] }, '');
    expect(read).toEqual({ items: [], matched: 9, next: '/b' });
  });
  it('read a footprint, and refuse one without numbers', () => {
    const whole = { result: { bases: [{ key: 1, name: 'Gao' }], collections: [{ id: 'places', inside: 2, only_one: 1, none: 3, selected: 5 }], population: { reached: 10, total: 30 } }, envelope: { rows_used: 5, rows_dropped: { 'no place': 1 } } };
    expect(footprint(whole, '')).toMatchObject({ collections: [{ id: 'places', inside: 2, selected: 5, without_place: 0 }], population: { reached: 10, only_one: 0 }, envelope: { rows_used: 5, warnings: [] } });
    expect(() => footprint({ result: { collections: [{ id: 'places' }] }, envelope: {} }, '')).toThrow('result.collections[0].inside');
  });
});
