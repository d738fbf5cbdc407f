// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { bases, baseSymbol } from '../../src/map/layers/bases.ts';
import { incidents, incidentSymbol } from '../../src/map/layers/incidents.ts';
import { inListOrder, kindOf, symbolOf } from '../../src/map/layers/index.ts';
import { statusOf } from '../../src/map/layers/routes.ts';
import { filterable } from '../../src/panels/FiltersPanel.tsx';
import { inputKind } from '../../src/panels/inputs.ts';
import { fold } from '../../src/geo/fold.ts';
import type { Collection, Field } from '../../src/api/shapes.ts';

const collection = (id: string, geometryType: Collection['geometryType'] = 'point'): Collection => ({ id, title: '', description: '', itemCount: 1, geometryType, extent: undefined, links: [] });

describe('symbols', () => {
  it.each([
    ['headquarters with surgery', { kind: 'mission_hq', medical_level: 'L2', status: 'open' }, 'base/mission_hq/1/open/0'],
    ['closed', { kind: 'company', status: 'closed' }, 'base/company/0/closed/0'],
    ['handed over', { kind: 'company', status: 'handed_over' }, 'base/company/0/closed/0'],
    ['temporary', { kind: 'temporary', status: 'open' }, 'base/temporary/0/temporary/0'],
    ['advanced care is not surgery', { kind: 'battalion', medical_level: 'L1+' }, 'base/battalion/0/open/0'],
    ['nothing known', {}, 'base/other/0/open/0'],
  ])('base: %s', (_desc, properties, symbol) => expect(baseSymbol(properties)).toBe(symbol));
  it.each([
    [{ outcome: 'detonated', killed: 4, injured: 1 }, 'incident/harm/2'],
    [{ outcome: 'detonated', killed: 4 }, 'incident/harm/1'],
    [{ outcome: 'disarmed' }, 'incident/found/0'],
    [{ outcome: 'new code' }, 'incident/other/0'],
    [{}, 'incident/other/0'],
  ])('incident %o', (properties, symbol) => expect(incidentSymbol(properties)).toBe(symbol));
  it('a status nobody knows is unverified', () => expect(statusOf({ status: 'flooded' })).toBe('unverified'));
  it('counts unknown codes as classes of their own', () => {
    expect(bases.classOf({ kind: 'depot' })).toBe('depot');
    expect(incidents.classOf({ outcome: 'depot' })).toBe('other');
  });
  it('any collection has a way of being drawn', () => {
    expect(kindOf(collection('yard')).slot).toBe('point');
    expect(kindOf(collection('fences', 'line')).mark).toHaveProperty('line');
    expect(kindOf(collection('fields', 'polygon')).mark).toHaveProperty('area');
    expect(symbolOf(collection('yard'), {})).toBe('dot/d-other');
  });
  it('lists bases first', () => expect(inListOrder(['x', 'routes', 'bases'].map((id) => collection(id))).map((c) => c.id)).toEqual(['bases', 'routes', 'x']));
});

describe('filters and forms', () => {
  const field = (name: string, patch: Partial<Field> = {}): Field => ({ name, type: 'string', title: '', description: '', codes: [], geometry: false, ...patch });
  it('offers what can be filtered by: not the time, which has its own bar, nor the mission, which has its own menu', () => {
    const fields = [field('kind'), field('opened', { format: 'date' }), field('time', { format: 'date-time', role: 'primary-instant' }), field('geometry', { geometry: true }), field('wet', { type: 'array' }), field('mission')];
    expect(filterable(fields, true).map((f) => f.name)).toEqual(['kind', 'opened']);
    expect(filterable(fields, false).map((f) => f.name)).toEqual(['kind', 'opened', 'mission']);
  });
  it('has a widget for each input, and takes JSON for what it does not know', () => {
    const input = (schema: Record<string, unknown>) => ({ title: '', description: '', schema, minOccurs: 1, maxOccurs: 1 });
    const named = [{ type: 'array', items: { 'x-collection': 'bases' } }, { enum: ['a'] }, { type: 'number' }, { type: 'boolean' }, { type: 'string' }, { type: 'object' }].map((s) => inputKind('x', input(s)));
    expect(named).toEqual(['records', 'choice', 'number', 'boolean', 'text', 'json']);
  });
  it('finds names without accents', () => expect(fold(' Ménaka ')).toBe('menaka'));
});
