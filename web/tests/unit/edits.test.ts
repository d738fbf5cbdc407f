// What is typed and not yet saved, and what comes of two versions of one record.
import { describe, expect, it } from 'vitest';
import { allOf, differencesOf, firstChoices, resolutionOf, shapeField } from '../../src/edit/conflict.ts';
import { requestOf } from '../../src/edit/decide.ts';
import { filledOf, isChanged, mineOf, newDraft, patchOf, rebased, withField, withShape } from '../../src/edit/draft.ts';
import { fieldOf, problemOf } from '../../src/edit/acts.ts';
import { ApiError } from '../../src/api/client.ts';

const point = (lon: number, lat: number) => ({ type: 'Point' as const, coordinates: [lon, lat] });
const base = { geometry: point(1, 2), properties: { name: 'Gao', beds: 20, helipad: null } };
const draft = () => newDraft('bases', { key: 2, base, etag: '"7"' }, 1000);

describe('a draft', () => {
  it('holds only what is to be different', () => {
    const d = withField(withField(draft(), 'beds', 24), 'name', 'Gao 2');
    expect(patchOf(d)).toEqual({ properties: { beds: 24, name: 'Gao 2' } });
    expect(mineOf(d)).toEqual({ geometry: point(1, 2), properties: { name: 'Gao 2', beds: 24, helipad: null } });
  });
  it('is none when all is again as it was read', () => {
    const d = withField(withField(draft(), 'beds', 24), 'beds', 20);
    expect(isChanged(d)).toBe(false);
    expect(isChanged(withShape(withShape(d, point(3, 3)), point(1, 2)))).toBe(false);
    expect(isChanged(withField(d, 'helipad', undefined))).toBe(false);
  });
  it('tells an emptied field from one that stays, and a place that goes from one that stays', () => {
    expect(patchOf(withField(draft(), 'beds', undefined))).toEqual({ properties: { beds: null } });
    expect(patchOf(withShape(draft(), null))).toEqual({ geometry: null });
    expect(mineOf(withShape(draft(), null)).geometry).toBeNull();
  });
  it('goes on from a newer reading with what is still to be done', () => {
    const d = withShape(withField(withField(draft(), 'beds', 24), 'name', 'Gao 2'), point(9, 9));
    const after = rebased(d, { geometry: point(9, 9), properties: { name: 'Gao', beds: 24, helipad: true } }, '"8"');
    expect(patchOf(after)).toEqual({ properties: { name: 'Gao 2' } });
    expect(after.etag).toBe('"8"');
    expect(mineOf(after).properties.helipad).toBe(true);
  });
  it('sends a new record without its empty fields', () => expect(filledOf({ name: 'Ber', beds: null, hub: '', night: false, count: 0 })).toEqual({ name: 'Ber', night: false, count: 0 }));
});

describe('two versions', () => {
  const mine = { geometry: point(1, 2), properties: { name: 'Mine', beds: 24, helipad: null } };
  const theirs = { geometry: point(5, 6), properties: { name: 'Theirs', beds: 20, helipad: true } };
  const differences = differencesOf({ base, mine, theirs });

  it('differ where they differ, and say who differs from what both began from', () => {
    expect(differences.map(({ field, by }) => [field, by])).toEqual([['name', 'both'], ['beds', 'me'], ['helipad', 'them'], [shapeField, 'them']]);
    expect(differencesOf({ base, mine, theirs: mine })).toEqual([]);
    expect(differencesOf({ mine, theirs }).every((d) => d.by === 'both')).toBe(true);
  });
  it('take from each what it alone has changed', () => {
    expect(resolutionOf(differences, firstChoices(differences))).toEqual({ properties: { name: 'Mine', beds: 24 } });
  });
  it('are decided whole, or field by field, against theirs', () => {
    expect(resolutionOf(differences, allOf(differences, 'mine'))).toEqual({ geometry: point(1, 2), properties: { name: 'Mine', beds: 24, helipad: null } });
    expect(resolutionOf(differences, allOf(differences, 'theirs'))).toEqual({});
    expect(resolutionOf(differences, { ...allOf(differences, 'theirs'), [shapeField]: 'mine' })).toEqual({ geometry: point(1, 2) });
  });
  it('ask the server for no more than what was chosen, by the name of their version', () => {
    const conflict = { collection: 'bases', key: 2, title: '', etag: '"8"', sides: { base, mine, theirs } };
    expect(requestOf(conflict, { ...allOf(differences, 'theirs'), beds: 'mine' }, 'mine')).toEqual({ op: 'update', collection: 'bases', key: 2, ifMatch: '"8"', feature: { properties: { beds: 24 } } });
    expect(requestOf(conflict, allOf(differences, 'theirs'), 'theirs')).toBeUndefined();
  });
  it('where one is gone, are the record or nothing', () => {
    const gone = { collection: 'bases', key: 2, title: '', etag: '"8"' };
    expect(requestOf({ ...gone, sides: { mine: null, theirs } }, {}, 'mine')).toEqual({ op: 'remove', collection: 'bases', key: 2, ifMatch: '"8"' });
    expect(requestOf({ ...gone, sides: { mine: null, theirs } }, {}, 'theirs')).toBeUndefined();
    expect(requestOf({ ...gone, sides: { mine, theirs: null } }, {}, 'mine')).toEqual({ op: 'add', collection: 'bases', feature: { type: 'Feature', ...mine } });
    expect(requestOf({ ...gone, sides: { mine, theirs: null } }, {}, 'theirs')).toBeUndefined();
  });
});

describe('what the server refuses', () => {
  it('stands at the field that it names', () => {
    expect(fieldOf('killed')).toBe('killed');
    expect(fieldOf('properties.killed')).toBe('killed');
    expect(fieldOf('changes[3].feature.properties.wet_months[1]')).toBe('wet_months');
    expect(fieldOf(undefined)).toBeUndefined();
    expect(problemOf(new ApiError(400, 'must be 0 or more', { parameter: 'properties.beds' }), '')).toEqual({ message: 'must be 0 or more', field: 'beds', gone: false });
  });
  it('is told from silence, after which the work is kept', () => {
    expect(problemOf(new ApiError(0, ''), 'kept here')).toEqual({ message: 'kept here' });
    expect(problemOf(new ApiError(404, 'was removed'), '').gone).toBe(true);
  });
});
