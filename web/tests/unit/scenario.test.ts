import { describe, expect, it } from 'vitest';
import type { Measure, OptionParts, Station } from '../../src/api/footprints.ts';
import { baseRows, leaderOf, pairsOf, rowsOf, shownPart, sorted, testOf, turnsOf, verdictOf, weighed } from '../../src/planning/figures.ts';
import { compareQuestion, evaluateQuestion } from '../../src/planning/question.ts';
import { actOn, changed, closed, daysOf, evenWeights, fateOf, formatScenario, kept, merged, moved, noScenario, opened, parseScenario, upTo, withAct, withoutChange, type Change } from '../../src/state/scenario.ts';
import { useHistory } from '../../src/state/history.ts';
import { useView } from '../../src/state/view.ts';

const ber = { key: 11, name: 'Ber' };
const drawdown: Change[] = [{ act: 'close', target: 11, on: '2023-08-13' }, { act: 'close', target: 12, on: '2023-08-16' }, { act: 'close', target: 8 }];

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
    expect(upTo(list, '2023-08-14').map((c) => c.target ?? c.into)).toEqual([11, 8, undefined, -3]);
  });
  it('have days', () => expect([daysOf(drawdown), upTo(drawdown, '2023-08-13').length, upTo(drawdown, undefined).length]).toEqual([['2023-08-13', '2023-08-16'], 2, 3]));
  it('of roads and hazards take each other’s place', () => {
    const shut = withAct(withAct([], 'open_route', ber, 'routes'), 'close_route', ber, 'routes');
    expect([shut.length, actOn(shut, 11, 'routes')?.act, actOn(shut, 11, 'roads'), withAct(shut, undefined, ber, 'routes').length]).toEqual([1, 'close_route', undefined, 0]);
  });
});

describe('a scenario in a link', () => {
  const full = { id: 'a&b=c', changes: drawdown, title: 'x~y: é', day: '2023-08-31', weights: { ...evenWeights, threat: 0 } };
  it('comes back as it was', () => expect(parseScenario(formatScenario(full))).toEqual(full));
  it('survives the separators of the link', () => expect(formatScenario(full)).not.toMatch(/[&=#]/));
  it('is nothing when there is none', () => expect([formatScenario(noScenario), parseScenario('')]).toEqual([undefined, {}]));
  it('leaves out what it cannot read', () => {
    for (const bad of ['c:%5B%5D%5D', 'c:%7B%7D', `c:${encodeURIComponent('[{"act":"burn"}]')}`, `c:${encodeURIComponent('[{"act":"close","target":"1"}]')}`, 'd:2023', 'w:1,2', 'w:1,2,3,4,x', 'w:1,2,3,4,101', 'i:%E0%A4%A']) expect(parseScenario(bad), bad).toEqual({});
  });
});

describe('what is asked', () => {
  const force = { bases: { filter: `"mission" = 'M'` }, incidents: { filter: 'killed > 0', datetime: '2017/2018' } };
  const asked = { bases: `"mission" = 'M'`, incidents: 'killed > 0', datetime: '2017/2018' };
  it('is a kept scenario by its name and day', () => {
    expect(evaluateQuestion(force, { id: 'd', day: '2023-08-31' }, drawdown)).toEqual({ ...asked, scenario: 'd@2023-08-31' });
    expect(compareQuestion(force, { id: 'd' }, drawdown)).toEqual({ ...asked, scenarios: ['d'] });
  });
  it('is what is new as changes, up to the day', () => {
    expect(compareQuestion(force, { id: 'd', changes: drawdown, day: '2023-08-13' }, drawdown)).toEqual({ ...asked, scenarios: [], changes: [drawdown[0], drawdown[2]] });
    expect(compareQuestion(force, { changes: [] }, [])).toBeUndefined();
  });
  it('does not change with the weights', () => expect(evaluateQuestion(force, { changes: drawdown, weights: { ...evenWeights, threat: 90 } }, drawdown)).toEqual(evaluateQuestion(force, { changes: drawdown }, drawdown)));
});

const station = (key: number, parts: Partial<Station>): Station => ({ key, name: `B${key}`, people: 100 * key, at: [key, 0], told: parts, ...parts }) as Station;

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
  it('pair the base line with the scenario', () => {
    const m = (option: string, value: number): Measure => ({ option, factor: 'support', measure: 'bases', title: 'Open bases', value, unit: '1', better: '', difference: 0, layer: 'bases', where: '' });
    expect(pairsOf([m('As it is', 14), m('Changes', 12)])).toMatchObject([{ before: 14, after: 12, change: -2, verdict: 'neutral' }]);
  });
  it('find the rows behind a number', () => {
    const places = [{ key: 1, people: 5, bases: 0, road: true }, { key: 2, people: 7, bases: 2, road: false }, { key: 3, bases: 1, road: true, minutes: 3 }].map((told) => ({ ...told, told })) as never[];
    const keys = (where: string) => rowsOf({ layer: 'places', where }, [], places)?.map((r) => r.key);
    expect([keys('bases > 0'), keys('bases = 1'), keys('road = true AND minutes IS NULL'), keys('people > 0'), keys('')]).toEqual([[2, 3], [3], [1], [2, 1], [2, 1, 3]]);
    expect(testOf('bases LIKE 1')).toBeUndefined();
    expect([rowsOf({ layer: 'helps', where: '' }, [], places), rowsOf({ layer: 'places', where: 'bases LIKE 1' }, [], places)]).toEqual([undefined, undefined]);
  });
  it('find the bases behind one by what the server tells of them', () => {
    const bases = [{ surgery_min: 90, single_km: 4, stock_short: true }, { surgery_min: 150, single_km: 0, stock_short: false }, {}].map((told, i) => ({ key: i + 1, told })) as never[];
    const keys = (where: string) => rowsOf({ layer: 'bases', where }, bases, [])?.map((r) => r.key);
    expect([keys('surgery_min <= 120'), keys('surgery_min >= 0'), keys('single_km > 0'), keys('stock_short = true'), keys('surgery_min < 150')]).toEqual([[1], [1, 2], [1], [1], [1]]);
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
