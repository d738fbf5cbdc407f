// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/api/execution.ts';
import type { Measure, OptionParts, Station } from '../../src/api/footprints.ts';
import { baseRows, leaderOf, pairsOf, shownPart, sorted, testOf, trendOf, turnsOf, verdictOf, weighed, type BaseRow, type Pair } from '../../src/planning/figures.ts';
import { madeBy, rowsOf, unstatedIn } from '../../src/planning/madeOf.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { TokenName } from '../../src/map/tokens.ts';
import type { Shapes } from '../../src/panels/result.ts';
import { shadingOf } from '../../src/panels/shading.ts';
import { keyRows, layerQuestion, type KeyRow } from '../../src/planning/compared.ts';
import { baseFeatures } from '../../src/planning/drawn.ts';
import { compareQuestion, evaluateQuestion, scenarioText } from '../../src/planning/question.ts';
import { groundOf, nextStop, stopAt, stopsOf } from '../../src/state/drawdown.ts';
import { actOn, changed, closed, dated, daysOf, evenWeights, fateOf, formatScenario, holds, keyOf, kept, merged, moved, noScenario, opened, openingOf, parseScenario, reopened, reopenedAs, withAct, withoutChange, type Change } from '../../src/state/scenario.ts';
import { useHistory } from '../../src/state/history.ts';
import { useView } from '../../src/state/view.ts';

const ber = { key: 11, name: 'Ber' };
const drawdown: Change[] = [{ act: 'close', target: 11, on: '2023-08-13' }, { act: 'close', target: 12, on: '2023-08-16' }, { act: 'close', target: 8 }];

const station = (key: number, parts: Partial<Station>): Station => ({ key, name: `B${key}`, people: 100 * key, at: [key, 0], told: parts, ...parts }) as Station;

describe('the changes of a base', () => {
  it('end it in one way only', () => {
    const both = merged(closed([], ber), ber, 4);
    expect(both).toEqual([{ act: 'merge', target: 11, name: 'Ber', into: 4 }]);
    expect(closed(both, ber)).toEqual([{ act: 'close', target: 11, name: 'Ber' }]);
  });
  it('move it once, and change it in one place', () => {
    const twice = moved(moved(closed([], { key: 1, name: 'A' }), ber, [1, 2]), ber, [3, 4]);
    expect(twice.map((c) => c.to?.coordinates)).toEqual([undefined, [3, 4]]);
    const fields = changed(changed(twice, ber, { military: 5 }), ber, { medical_level: 'L2' });
    expect(fateOf(fields, 11).change?.fields).toEqual({ military: 5, medical_level: 'L2' });
    expect(fateOf(changed(fields, ber, { military: undefined, medical_level: undefined }), 11).change).toBeUndefined();
  });
  it('are all gone when it is kept, and those of others stay', () => expect(kept(closed(closed([], ber), { key: 2, name: 'B' }), ber).map((c) => c.target)).toEqual([2]));
  it('number anew what names what an earlier one adds, and drop what names one that is gone', () => {
    const list: Change[] = [...drawdown, ...opened([], [0, 15], { name: 'X' }), { act: 'add_asset', into: -4, fields: {} }];
    expect(withoutChange(list, 0).at(-1)?.into).toBe(-3);
    expect(withoutChange(list, 3).map((c) => c.act)).toEqual(['close', 'close', 'close']);
  });
  it('have days, hold from them on, and are given others', () => {
    const held = (day?: string) => drawdown.filter((c) => holds(c, day)).map((c) => c.target);
    expect([daysOf(drawdown), held('2023-08-12'), held('2023-08-13'), held()]).toEqual([['2023-08-13', '2023-08-16'], [8], [11, 8], [11, 12, 8]]);
    expect(daysOf(dated(dated(drawdown, 0, undefined), 2, '2024-01-31'))).toEqual(['2023-08-16', '2024-01-31']);
  });
  it('open a base, which is known by the number of its change, changed in its opening, and named by number', () => {
    const list = opened(drawdown, [0, 15], { name: 'New', kind: 'company' });
    const key = 2 ** 52 + 3;
    expect([openingOf(list, key), openingOf(list, key - 1), openingOf(list, 11)]).toEqual([3, undefined, undefined]);
    expect(reopenedAs(list, 3, { at: [1, 16], fields: { kind: undefined, military: 5 } })[3]).toEqual({ act: 'open', to: { type: 'Point', coordinates: [1, 16] }, fields: { name: 'New', military: 5 } });
    const merging = merged(list, ber, key);
    expect([merging.at(-1)?.into, keyOf(merging.at(-1)?.into)]).toEqual([-3, key - 1]);
    expect(fateOf(closed(list, { key, name: 'New' }), key).end?.target).toBe(-4);
  });
  it('open one that is planned, which is taken back as one', () => {
    const list = reopened(drawdown, { key: 70, name: 'Planned' });
    expect([openingOf(list, 70), reopenedAs(list, 3, { fields: { military: 9 } })[3], withoutChange(list, 3)]).toEqual([3, { act: 'open', target: 70, name: 'Planned', fields: { military: 9 } }, drawdown]);
  });
  it('of roads and hazards take each other’s place', () => {
    const shut = withAct(withAct([], 'open_route', ber, 'routes'), 'close_route', ber, 'routes');
    expect([shut.length, actOn(shut, 11, 'routes')?.act, actOn(shut, 11, 'roads'), withAct(shut, undefined, ber, 'routes').length]).toEqual([1, 'close_route', undefined, 0]);
  });
});

describe('a scenario in a link', () => {
  const full = { id: 'a&b=c', changes: drawdown, title: 'x~y: é', day: '2023-08-31', weights: { ...evenWeights, threat: 0 }, compared: 'surgery' as const, inputs: { within_min: 90, profile: 'a~b&c' }, swipe: 0, told: 'map' as const };
  it('comes back as it was', () => expect(parseScenario(formatScenario(full))).toEqual(full));
  it('survives the separators of the link', () => expect(formatScenario(full)).not.toMatch(/[&=#]/));
  it('is nothing when there is none', () => expect([formatScenario(noScenario), parseScenario('')]).toEqual([undefined, {}]));
  it('leaves out what it cannot read', () => {
    for (const bad of ['c:%5B%5D%5D', 'c:%7B%7D', `c:${encodeURIComponent('[{"act":"burn"}]')}`, `c:${encodeURIComponent('[{"act":"close","target":"1"}]')}`, 'd:2023', 'w:1,2', 'w:1,2,3,4,x', 'w:1,2,3,4,101', 'i:%E0%A4%A', 'x:all', 'm:table', 'p:%5B%5D', 'p:1%7B', 'l:-1', 'l:101', 'l:', 'l:x']) expect(parseScenario(bad), bad).toEqual({});
  });
});

describe('what is asked', () => {
  const force = { bases: { filter: `"mission" = 'M'` }, incidents: { filter: 'killed > 0', datetime: '2017/2018' } };
  const asked = { bases: `"mission" = 'M'`, incidents: 'killed > 0', datetime: '2017/2018' };
  it('is a kept scenario by its name and day', () => {
    expect(scenarioText({ id: 'd', day: '2023-08-31' }, drawdown)).toBe('d@2023-08-31');
    expect(scenarioText({ id: 'd', compared: 'gaps' }, drawdown)).toBe('d');
  });
  it('is what is new as it would be kept, and the day', () => {
    const text = scenarioText({ id: 'd', changes: drawdown, day: '2023-08-13' }, drawdown, 'M') ?? '';
    expect([JSON.parse(text.slice(0, -11)), text.slice(-11)]).toEqual([{ mission: 'M', body: { changes: drawdown } }, '@2023-08-13']);
    expect(scenarioText({ changes: [] }, [])).toBeUndefined();
  });
  it('goes with what is in force', () => expect([evaluateQuestion(force, 'd'), compareQuestion(force, 'd')]).toEqual([{ ...asked, scenario: 'd' }, { ...asked, scenarios: ['d'] }]));
  it('does not change with the weights, nor with what the maps show', () => expect(scenarioText({ changes: drawdown, weights: { ...evenWeights, threat: 90 }, compared: 'cover' }, drawdown)).toBe(scenarioText({ changes: drawdown }, drawdown)));
  it('of a layer is a process with its own filters, of the base line and of the scenario', () => {
    expect(layerQuestion('surgery', force, undefined)).toEqual({ process: 'casevac-surface', inputs: { bases_filter: force.bases.filter, modes: ['air'], count: [], routes: 'none' } });
    expect(layerQuestion('cover', { ...force, mission: 'M' }, 'd')).toEqual({ process: 'coverage', inputs: { mission: 'M', bases: force.bases.filter }, scenario: 'd' });
    const conditions = { within_min: 90, light: 'night', near_km: 5 };
    expect(layerQuestion('gaps', { ...force, conditions }, 'd')?.inputs).toEqual({ bases: force.bases.filter, within_min: 90, light: 'night' });
    expect(layerQuestion('surgery', { ...force, conditions }, 'd')?.inputs).toMatchObject({ light: 'night', modes: ['air'] });
    expect(layerQuestion('surgery', { ...force, conditions }, 'd')?.inputs).not.toHaveProperty('within_min');
    expect([layerQuestion('shifts', force, 'd'), layerQuestion('bases', force, 'd')]).toEqual([undefined, undefined]);
  });
});

describe('a layer of both sides', () => {
  const surface = (minutes: (number | null)[]) => ({ kind: 'shapes', id: 'surface', title: 'Minutes', description: '', fields: [{ name: 'surgery_min', title: '', type: 'number', description: '', codes: [], geometry: false }], features: minutes.map((m) => ({ type: 'Feature', properties: { surgery_min: m }, geometry: { type: 'Point', coordinates: [0, 0] } })) }) as unknown as Shapes;
  const scale = { to: [45, 60, 90, 120], colours: ['reach-1', 'reach-2', 'reach-3', 'reach-4', 'reach-fail'] as TokenName[] };
  it('has fixed classes: a limit is inside its class, and nothing at all is beyond them', () => {
    const shading = shadingOf(surface([45, 45.1, 120, 120.1, null]), 'surgery_min', undefined, scale);
    expect(shading?.classes.map((c) => c.n)).toEqual([1, 1, 0, 1, 2]);
    expect([0, 45, 60.5, null, undefined].map((m) => shading?.classAt({ surgery_min: m }))).toEqual([0, 0, 2, 4, 4]);
  });
  it('has one key, with what each class comes to on either side', () => {
    const words = { say: (id: string, values?: { n: string }) => values?.n ?? id, count: (n: number) => String(n), km: String } as unknown as Words;
    const side = (part: Shapes) => [{ part, at: 0 }];
    const rows = keyRows(words, 'surgery', [side(surface([30, 130])), side(surface([30, 50, 55, null]))]);
    expect(rows.map((r) => [r.colour, ...r.values])).toEqual([['reach-1', '50', '25'], ['reach-2', '0', '50'], ['reach-3', '0', '0'], ['reach-4', '0', '0'], ['reach-fail', '50', '25']]);
  });
});

describe('the rows behind the key of two maps', () => {
  const words = { say: (id: string) => id, count: String, km: String } as unknown as Words;
  const answer = (result: Record<string, Record<string, unknown>[]>) => ({ result: Object.fromEntries(Object.entries(result).map(([name, rows]) => [name, { features: rows.map((properties) => ({ properties, geometry: { type: 'Point', coordinates: [1, 2] } })) }])) }) as unknown as Outcome;
  const behind = (layer: 'surgery' | 'cover' | 'gaps', at: number, base: Outcome, option: Outcome) => {
    const made = keyRows(words, layer, [[], []])[at]?.made;
    return made && rowsOf(made, [base, option]).map((r) => [r.id, r.before, r.after]);
  };
  const cells = (...minutes: (number | null)[]) => answer({ surface: minutes.map((surgery_min, i) => ({ cell: `${i},0`, surgery_min })) });
  it('are cells with their minutes on either side, whichever class they are in there', () => {
    const sides = [cells(45, 50, 70, null), cells(45, 45, null, null)] as const;
    expect(behind('surgery', 0, ...sides)).toEqual([['1,0', 50, 45], ['0,0', 45, 45]]);
    expect(behind('surgery', 2, ...sides)).toEqual([['2,0', 70, undefined]]);
    expect(behind('surgery', 4, ...sides)).toEqual([['2,0', 70, undefined], ['3,0', undefined, undefined]]);
    expect(rowsOf((keyRows(words, 'surgery', [[], []])[0] as KeyRow).made, [...sides])[0]?.at).toEqual([1, 2]);
  });
  it('are bases with the roads on which each is first, and those that it shares', () => {
    const base = answer({ areas: [{ key: 1, road_km: 10, reach_km: 12, alone_km: 9 }, { key: 2, road_km: 5, reach_km: 5, alone_km: 5 }] });
    const option = answer({ areas: [{ key: 1, road_km: 11, reach_km: 12, alone_km: 12 }] });
    expect(behind('cover', 0, base, option)).toEqual([['areas 2', 5, undefined], ['areas 1', 10, 11]]);
    expect(behind('cover', 1, base, option)).toEqual([['areas 1', 3, undefined]]);
  });
  it('are roads with their length, and places with their people', () => {
    const base = answer({ roads: [{ collection: 'routes', key: 3, km: 4 }], places: [] });
    const option = answer({ roads: [{ collection: 'routes', key: 3, km: 9 }], places: [{ key: 8, people: null }] });
    expect([behind('gaps', 0, base, option), behind('gaps', 1, base, option)]).toEqual([[['routes 3', 4, 9]], [['places 8', undefined, undefined]]]);
  });
});

describe('a drawdown', () => {
  const days = ['2023-08-13', '2023-08-16'];
  it('goes from the day before the first change to the last', () => {
    expect(stopsOf(days)).toEqual(['2023-08-12', ...days]);
    expect([nextStop({ days }, 1), nextStop({ days }, -1), nextStop({ days, day: '2023-08-14' }, 1), nextStop({ days, day: '2023-08-14' }, -1), nextStop({ days, day: '2023-08-12' }, -1)]).toEqual([undefined, days[0], days[1], days[0], undefined]);
  });
  it('holds at a moment what changed by then', () => expect(['2020-01-01', '2023-08-13', '2023-08-15', '2030-01-01'].map((d) => stopAt(days, Date.parse(d)))).toEqual(['2023-08-12', days[0], days[0], days[1]]));
  it('has room on the bar, where it leaves what there are records of', () => {
    const [start, end] = [Date.parse('2013-07-01'), Date.parse('2018-09-01')];
    const ground = groundOf([start, end], days);
    expect([ground[0], ground[1] > Date.parse('2023-08-17')]).toEqual([start, true]);
    expect(groundOf([start, Date.parse('2024-01-01')], days)).toEqual([start, Date.parse('2024-01-01')]);
  });
});

describe('a base on the map of a scenario', () => {
  const looks = (day?: string) => ({ symbol: (_: BaseRow, state: string) => state, holds: (c: Change) => holds(c, day) });
  const base = (key: number, at: [number, number]) => ({ ...station(key, {}), at });
  const drawn = (changes: Change[], after: Station[], day?: string) => baseFeatures(baseRows([base(1, [1, 0]), base(2, [2, 0])], after, changes, evenWeights), looks(day)).map((f) => [f.properties?.part, f.properties?.icon]);
  it('is crossed out, moved, changed or new', () => {
    const moving: Change[] = [{ act: 'move', target: 1, to: { type: 'Point', coordinates: [5, 0] }, on: '2023-08-13' }];
    expect(drawn([{ act: 'close', target: 2 }], [base(1, [1, 0])])).toEqual([['closed', 'closed']]);
    expect(drawn(moving, [base(1, [5, 0]), base(2, [2, 0])])).toEqual([['way', undefined], ['left', 'closed'], ['new', 'open']]);
    expect(drawn(moving, [base(1, [1, 0]), base(2, [2, 0])], '2023-08-12')).toEqual([]);
    expect(drawn([{ act: 'change', target: 1, fields: {} }], [base(1, [1, 0]), base(2, [2, 0])])).toEqual([['changed', 'changed']]);
    expect(drawn([{ act: 'open', to: { type: 'Point', coordinates: [7, 0] } }], [base(1, [1, 0]), base(2, [2, 0]), base(2 ** 52, [7, 0])])).toEqual([['new', 'changed']]);
  });
});


describe('figures', () => {
  it('weigh what is known', () => {
    expect(weighed({ priority: 1, threat: 0 }, evenWeights)).toBe(0.5);
    expect(weighed({ priority: 1, threat: 0 }, { ...evenWeights, threat: 60 })).toBe(0.25);
    expect(weighed({}, evenWeights)).toBeUndefined();
    expect(weighed({ priority: 1 }, { ...evenWeights, priority: 0 })).toBeUndefined();
  });
  it('tell threat as much as there is', () => expect([shownPart('threat', 0.25), shownPart('support', 0.25), shownPart('medical', undefined)]).toEqual([75, 25, undefined]));
  it('keep what closes in the table, and sort the unknown last', () => {
    const rows = baseRows([station(1, { score_priority: 0.2 }), station(2, { score_priority: 0.9 }), station(3, {})], [station(1, { score_priority: 0.4 }), station(3, {}), station(9, { score_priority: 0.5 })], [{ act: 'close', target: 2 }], evenWeights);
    expect(rows.map((r) => [r.key, r.gone, r.before !== undefined])).toEqual([[1, false, true], [3, false, true], [9, false, false], [2, true, true]]);
    expect(sorted(rows, 'priority', true).map((r) => r.key)).toEqual([2, 9, 1, 3]);
    expect(sorted(rows, 'priority', false).map((r) => r.key)).toEqual([1, 9, 2, 3]);
    expect(sorted(rows, 'name', false).map((r) => r.key)).toEqual([1, 2, 3, 9]);
  });
  it('say which change is a gain', () => expect([verdictOf(2, 'more'), verdictOf(2, 'less'), verdictOf(-2, 'less'), verdictOf(2, ''), verdictOf(0, 'more'), verdictOf(undefined, 'more')]).toEqual(['gain', 'loss', 'gain', 'neutral', 'same', 'same']));
  it('call nothing a gain or a loss that the server says may not differ', () => expect([verdictOf(2, 'more', false), verdictOf(-2, 'more', false), verdictOf(2, 'more', true), verdictOf(0, 'more', false)]).toEqual(['open', 'open', 'gain', 'same']));
  it('tell a trend only where chance is unlikely', () => {
    const of = (p: number, slope: number) => trendOf(station(1, { trend_p: p, trend_slope: slope, trend_slope_lower: -1, trend_slope_upper: 4, trend_counts: [1, 0, 3] }));
    expect([of(0.01, 2)?.way, of(0.01, -2)?.way, of(0.05, 2)?.way, of(0.01, 0)?.way, of(0.01, 2)?.counts]).toEqual(['rises', 'falls', 'open', 'open', [1, 0, 3]]);
    expect(trendOf(station(1, { trend_counts: [] }))).toBeUndefined();
  });
  it('pair the base line with the scenario', () => {
    const m = (option: string, value: number): Measure => ({ option, factor: 'support', measure: 'bases', title: 'Open bases', value, lower: value - 1, upper: value + 1, unit: '1', better: '', difference: 0, apart: undefined, layer: 'bases', where: '', how: 'count', of: '', inputs: 'mission, bases' });
    expect(pairsOf([m('As it is', 14), m('Changes', 12)])).toMatchObject([{ before: 14, after: 12, beforeEnds: [13, 15], afterEnds: [11, 13], change: -2, verdict: 'neutral', inputs: ['mission', 'bases'] }]);
  });
});

describe('what a number is made of', () => {
  const answer = (result: Record<string, unknown>) => ({ result }) as unknown as Outcome;
  const features = (rows: Record<string, unknown>[]) => ({ features: rows.map((properties) => ({ properties })) });
  const pair = (layer: string, where: string, how: string, of = '') => ({ layer, where, how, of }) as Pair;
  const base = answer({ places: features([{ key: 1, people: 5, bases: 1 }, { key: 2, people: 7, bases: 2 }, { key: 3, people: null, bases: 1 }]) });
  const option = answer({ places: features([{ key: 1, people: 5, bases: 0 }, { key: 2, people: 7, bases: 1 }, { key: 3, people: null, bases: 1 }]), helps: [{ asset: 4, from: 'A', to: 'B' }], changes: [{ change: 1, cost: 9, key: 2 }] });
  const madeOf = (of: Pair, ...sides: [Outcome, Outcome]) => {
    const made = madeBy(of);
    return made && rowsOf(made, sides);
  };
  it('are the rows of both sides, those that change first', () => {
    const rows = madeOf(pair('places', 'bases > 0', 'sum', 'people'), base, option);
    expect(rows?.map(({ id, before, after }) => [id, before, after])).toEqual([['places 1', 5, undefined], ['places 2', 7, 7], ['places 3', undefined, undefined]]);
  });
  it('are people for a share, and themselves where they are counted', () => {
    expect(madeOf(pair('places', 'bases > 1', 'share'), base, option)?.map((r) => [r.before, r.after])).toEqual([[7, undefined]]);
    expect(madeOf(pair('helps', '', 'count'), base, option)?.map((r) => [r.before, r.after])).toEqual([[undefined, 1]]);
    expect(madeOf(pair('changes', 'cost > 0', 'sum', 'cost'), base, option)?.map((r) => r.after)).toEqual([9]);
  });
  it('is not told by a condition of another form', () => expect(madeOf(pair('places', 'bases LIKE 1', 'sum', 'people'), base, option)).toBeUndefined());
  it('tells rows that state nothing from those that are not among them', () => {
    const rows = madeOf(pair('places', '', 'sum', 'people'), base, answer({ places: features([{ key: 2, people: 7 }, { key: 3, people: null }, { key: 4 }]) })) ?? [];
    expect(rows.map(({ id, stood, stands }) => [id, stood, stands])).toEqual([['places 1', true, undefined], ['places 2', true, true], ['places 3', true, true], ['places 4', undefined, true]]);
    expect(unstatedIn(rows)).toEqual([1, 2]);
  });
  it('is found by words, numbers, and what is not known; an unknown is no other word', () => {
    const kinds = [{ kind: 'near_repeat', supply: 2 }, { kind: 'confirmed', supply: 0 }, { kind: null }];
    const found = (where: string) => kinds.map((k) => testOf(where)?.(k));
    expect([found("kind = 'near_repeat' AND supply > 0"), found("kind <> 'near_repeat'"), found('supply IS NULL'), found("kind IN ('near_repeat', 'cleared') AND supply > 0")]).toEqual([[true, false, false], [false, true, false], [false, false, true], [true, false, false]]);
  });
});

describe('the first option', () => {
  const a: OptionParts = { option: 'A', priority: 1, threat: 0, support: 0.5, medical: undefined, operational: 0 };
  const b: OptionParts = { option: 'B', priority: 0, threat: 1, support: 0.5, medical: undefined, operational: 0 };
  it('is that of the greatest sum', () => {
    expect(leaderOf([a, b], { ...evenWeights, threat: 25 }).first?.option).toBe('B');
    expect(leaderOf([a, b], evenWeights).first?.option).toBe('A');
  });
  it('turns where its lead ends, and not before', () => {
    const weights = { ...evenWeights, priority: 30 };
    const turns = turnsOf([a, b], weights);
    expect(turns).toEqual([{ factor: 'priority', side: 'less', weight: 20 }, { factor: 'threat', side: 'more', weight: 30 }]);
    for (const { factor, side, weight } of turns) {
      const by = side === 'less' ? -1 : 1;
      expect(leaderOf([a, b], { ...weights, [factor]: weight - by }).first?.option).toBe('A');
      expect(leaderOf([a, b], { ...weights, [factor]: weight + by }).first?.option).toBe('B');
    }
  });
});

it('each change is a step back', () => {
  const { setScenario } = useView.getState();
  setScenario({ changes: closed([], ber) });
  setScenario({ changes: merged(closed([], ber), ber, 4) });
  useHistory.getState().undo();
  expect(useView.getState().scenario.changes?.[0]?.act).toBe('close');
  useHistory.getState().undo();
  expect(useView.getState().scenario).toEqual(noScenario);
  useHistory.getState().redo();
  expect(useView.getState().scenario.changes).toHaveLength(1);
});
