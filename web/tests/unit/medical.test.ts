import { describe, expect, it } from 'vitest';
import type { Leg, Mend } from '../../src/api/evacuation.ts';
import { assetOf, boundsFor, classOf, endOf, lastWay, mended, ownLegs, segmentsOf, verdictOf, wholeOf } from '../../src/medical/figures.ts';
import { chainQuestion, surfaceQuestion } from '../../src/medical/question.ts';
import { formatMedical, noMedical, parseMedical, type Medical } from '../../src/state/medical.ts';

const leg = (name: string, start: number, end: number, more: Partial<Leg> = {}): Leg => ({ leg: name, asset: '', from: '', to: '', km: undefined, start_min: start, end_min: end, minutes: end - start, meanwhile: false, limiting: false, ...more });
const menaka = [leg('notify', 0, 5), leg('notice', 5, 20), leg('fly', 20, 92, { km: 264, to: 'the casualty', limiting: true }), leg('load', 92, 102), leg('fly', 102, 174, { km: 264, from: 'the casualty' }), leg('unload', 174, 174)];

describe('what is asked, in a link', () => {
  it.each<[string, Medical]>([
    ['a base at night by air', { from: { base: 8 }, night: true, by: 'air' }], ['a place', { from: { town: 12 } }], ['a point, of what is', { from: { at: [2.4, 15.92] }, asIs: true }],
    ['what a scenario adds', { from: { base: 2 ** 52 } }], ['other inputs', { inputs: { notify_min: 0, landing: 'sites', bases_filter: 'a~b & c = "d"' } }],
  ])('%s comes back', (_, medical) => expect(parseMedical(formatMedical(medical))).toEqual(medical));
  it('is nothing when nothing is chosen', () => expect([formatMedical(noMedical), formatMedical({ inputs: {} }), parseMedical('')]).toEqual([undefined, undefined, {}]));
  it('leaves out what cannot be read', () => expect(parseMedical('f:b1x~n:2~y:boat~i:[1]~z:')).toEqual({}));
});

describe('the questions', () => {
  it('name the scene by its own input', () => {
    expect(chainQuestion({ mission: 'M' }, { from: { base: 8 } })).toEqual({ mission: 'M', bases: [8] });
    expect(chainQuestion({}, { from: { town: 3 } })).toEqual({ towns: [3] });
    expect(chainQuestion({}, { from: { at: [1, 2] } })).toEqual({ places: [{ type: 'Point', coordinates: [1, 2] }] });
    expect(chainQuestion({}, {})).toBeUndefined();
  });
  it('count what the page shows, each by its own filter', () => {
    const asked = surfaceQuestion({ light: 'night' }, [{ collection: 'places', selection: { filter: '' } }, { collection: 'incidents', selection: { filter: 'killed > 0', datetime: '2016-01-01/..' } }]);
    expect(asked).toEqual({ light: 'night', base_legs: true, routes: 'none', count: ['places', 'incidents'], count_filters: ['', 'killed > 0'], datetime: '2016-01-01/..' });
  });
});

describe('the bar', () => {
  it('puts each leg where the server says, and leaves out what takes no time', () => {
    const segments = segmentsOf(menaka, 200);
    expect(segments.map((s) => [s.kind, s.from, s.width])).toEqual([['wait', 0, 2.5], ['wait', 2.5, 7.5], ['way', 10, 36], ['load', 46, 5], ['way', 51, 36]]);
    expect(segments.reduce((sum, s) => sum + s.width, 0)).toBeCloseTo((100 * endOf(menaka)) / 200);
  });
  it('leaves out what comes meanwhile', () => {
    const met = [...menaka, leg('fly', 0, 300, { meanwhile: true })];
    expect([ownLegs(met).length, endOf(met), endOf([])]).toEqual([6, 174, 0]);
  });
  it('has room for the limit', () => expect(wholeOf([30], 120)).toBeGreaterThan(120));
  it('ends with the way to the facility', () => expect(lastWay(menaka)?.from).toBe('the casualty'));
});

describe('the classes of the map', () => {
  it('are those of the mock-up for two hours', () => expect(boundsFor(120)).toEqual([45, 60, 90, 120]));
  it.each([[0, 0], [45, 0], [45.1, 1], [120, 3], [120.1, 4], [undefined, 4]] as const)('%s minutes', (minutes, cls) => expect(classOf(minutes, boundsFor(120))).toBe(cls));
});

it.each([[{ in_time: true, minutes: 0 }, 'met'], [{ in_time: false, minutes: 174 }, 'late'], [{ in_time: false, minutes: undefined }, 'none']] as const)('verdict of %o', (stage, verdict) => expect(verdictOf(stage)).toBe(verdict));

it('reads the name of an asset, and leaves others alone', () => {
  expect([assetOf('helicopter 1 of Gao'), assetOf('fixed_wing of Bamako'), assetOf('ambulance of Gao, helicopter of Gao'), assetOf('mule of Ber')]).toEqual([{ type: 'helicopter', home: 'Gao' }, { type: 'fixed_wing', home: 'Bamako' }, undefined, undefined]);
});

describe('a mend as a change of a scenario', () => {
  const mend = (step: Mend['step']): Pick<Mend, 'step' | 'at'> => ({ step, at: 'Menaka' });
  it('changes a base in one place', () => {
    const once = mended([], mend({ act: 'change', target: 8, fields: { surgical_module: true } })) ?? [];
    expect(once).toEqual([{ act: 'change', target: 8, name: 'Menaka', fields: { surgical_module: true } }]);
    expect(mended(once, mend({ act: 'change', target: 8, fields: { medical_level: 'L1' } }))?.[0]?.fields).toEqual({ surgical_module: true, medical_level: 'L1' });
  });
  it('adds and changes assets behind the others', () => {
    const closed = { act: 'close', target: 1 } as const;
    expect(mended([closed], mend({ act: 'add_asset', into: 8, fields: { type: 'helicopter' } }))).toEqual([closed, { act: 'add_asset', into: 8, fields: { type: 'helicopter' } }]);
    expect(mended([closed], mend({ act: 'change_asset', target: 6, fields: { notice_day_min: 5 } }))?.[1]).toEqual({ act: 'change_asset', target: 6, fields: { notice_day_min: 5 } });
  });
  it('names what an earlier change adds by its number', () => expect(mended([], mend({ act: 'add_asset', into: 2 ** 52 + 1, fields: {} }))?.[0]?.into).toBe(-2));
  it('is none for daylight, or for an act that nobody knows', () => expect([mended([], mend(undefined)), mended([], mend({ act: 'sell', target: 8 }))]).toEqual([undefined, undefined]));
});
