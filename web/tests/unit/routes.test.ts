import { beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/api/execution.ts';
import { stretchOf } from '../../src/routes/answers.ts';
import { badgePlace, placeAlong, reachColour } from '../../src/routes/drawn.ts';
import { stepsOf } from '../../src/charts/StepChart.tsx';
import { alongFirst, hourTicks, stretchAt, timeRoom } from '../../src/routes/figures.ts';
import { nearestOn, placeInOrder } from '../../src/routes/line.ts';
import { conditionsOf, monthOf, paretoQuestion, reachQuestion, routeQuestion } from '../../src/routes/question.ts';
import { chosenOf, detailOf, riskKind, riskOf, waysOf } from '../../src/routes/ways.ts';
import type { Process } from '../../src/api/shapes.ts';
import { emptyPlan, formatPlan, parsePlan, reversed, withNext, type Plan } from '../../src/state/plan.ts';
import { beginGesture, endGesture, useHistory } from '../../src/state/history.ts';
import { useView } from '../../src/state/view.ts';

const full: Plan = {
  mode: 'reach', from: { at: [-4.1, 14.53], name: 'Mopti, Sévaré: a!b~c&d' }, to: { at: [1.41, 18.44] }, via: [{ at: [0, 16] }, { at: [1, 17], name: 'Gao' }], origins: [{ at: [2, 3] }],
  profile: 'patrol', season: 8, avoid: [[[0, 0], [1, 0], [1, 1]], [[2, 2], [3, 2], [3, 3]]], hazards: true, minutes: [30, 90], towards: true, walkKmh: 4,
};

describe('the plan in a link', () => {
  it('comes back as it was', () => {
    expect(parsePlan(formatPlan(full))).toEqual(full);
    expect(parsePlan(formatPlan({ ...emptyPlan, season: 'wet' }))).toEqual({ ...emptyPlan, season: 'wet' });
  });
  it('is nothing when nothing is asked', () => expect(formatPlan(emptyPlan)).toBeUndefined());
  it('leaves out what it cannot read', () => {
    for (const bad of ['', '~~', 'f:', 'f:1', 'f:200,1', 's:13', 's:0', 's:1.5', 's:rainy', 'k:fly', 'a:1,2;3,4', 'm:0', 'm:1,x', 'w:-1', 'v:!!', 'p:%E0%A4%A']) expect(parsePlan(bad), bad).toEqual(emptyPlan);
  });
  it('survives the separators of the link', () => expect(formatPlan(full)).not.toMatch(/[&=#]/));
});

describe('places', () => {
  it('are taken in their order, and no more than two of a way', () => {
    const one = withNext(emptyPlan, { at: [1, 1] });
    const two = one && withNext(one, { at: [2, 2] });
    expect([two?.from?.at, two?.to?.at]).toEqual([[1, 1], [2, 2]]);
    expect(two && withNext(two, { at: [3, 3] })).toBeUndefined();
  });
  it('are as many as one likes where one sets out in every direction', () => expect(withNext({ ...emptyPlan, mode: 'reach', origins: [{ at: [0, 0] }] }, { at: [1, 1] })?.origins).toHaveLength(2));
  it('come back in the other order', () => expect(reversed(full)).toMatchObject({ from: full.to, to: full.from, via: [full.via[1], full.via[0]] }));
});

const process = { inputs: { radius_m: { title: '', description: '', minOccurs: 0, schema: { type: 'number' } }, curfew: { title: '', description: '', minOccurs: 0, schema: { type: 'string' } }, origin: { title: '', description: '', minOccurs: 1, schema: {} } } } as unknown as Process;

describe('the question', () => {
  const plan: Plan = { ...emptyPlan, from: { at: [0, 0] }, to: { at: [1, 1] } };
  it('is none while an end is missing', () => expect(routeQuestion({ ...plan, to: undefined }, undefined, process, {})).toBeUndefined());
  it('asks for other ways between two places, and for none by way of a third', () => {
    expect(routeQuestion(plan, undefined, process, {})).toMatchObject({ alternatives: 3 });
    expect(routeQuestion({ ...plan, via: [{ at: [2, 2] }] }, undefined, process, {})).not.toHaveProperty('alternatives');
  });
  it('takes the month of the time bar unless another season is chosen', () => {
    const time = { from: '2016-09-01', to: '2018-08-31' };
    expect(monthOf(time)).toBe(8);
    expect(conditionsOf(plan, time)).toEqual({ month: 8 });
    expect(conditionsOf({ ...plan, season: 'dry' }, time)).toEqual({ season: 'dry' });
    expect(conditionsOf({ ...plan, season: 2 }, time)).toEqual({ month: 2 });
    expect(conditionsOf(plan, undefined)).toEqual({});
  });
  it('keeps clear of drawn areas, which may overlap', () => expect(conditionsOf({ ...plan, avoid: full.avoid }, undefined)).toMatchObject({ avoid: { type: 'GeometryCollection', geometries: [{ type: 'Polygon' }, { type: 'Polygon' }] } }));
  it('has the form beneath, and gives the front only what that takes', () => {
    const asked = routeQuestion(plan, undefined, process, { radius_m: 500, curfew: '18:00/06:00', origin: 'x' });
    expect(asked).toMatchObject({ radius_m: 500, curfew: '18:00/06:00', origin: { type: 'Point', coordinates: [0, 0] } });
    expect(asked && Object.keys(paretoQuestion(asked)).sort()).toEqual(['destination', 'origin', 'radius_m']);
  });
  it('of what is reached has all its places', () => expect(reachQuestion({ ...full, season: undefined }, undefined, process, {})).toMatchObject({ minutes: [30, 90], towards: true, walk_kmh: 4, profile: 'patrol', places: [{ coordinates: [2, 3] }] }));
});

const way = (n: number, minutes: number, risk: number | null, chance: number | null = null) => ({ type: 'Feature', geometry: { type: 'LineString', coordinates: [[0, n], [1, n]] }, properties: { way: n, minutes, km: minutes, risk, chance, by: `R${n}` } });
const outcome = (...features: unknown[]): Outcome => ({ result: { ways: { type: 'FeatureCollection', features } } });

describe('the ways', () => {
  const front = outcome(way(1, 100, 9, 0.9), way(2, 190, 8.9, 0.89), way(3, 150, 4, 0.4), way(4, 200, 2, 0.2));
  const alternatives = outcome(way(1, 100, 9, 0.9), way(2, 130, 9.5, 0.95), way(3, 190, 8.9, 0.89));
  const ways = waysOf(alternatives, front);
  it('are those of both answers, each once, the fastest first', () => expect(ways.map((w) => w.minutes)).toEqual([100, 130, 150, 190, 200]));
  it('letters the two ends and what gives most of both between them', () => expect(ways.map((w) => w.id)).toEqual(['A', '4', 'B', '5', 'C']));
  it('knows which are beaten', () => expect(ways.filter((w) => w.front === undefined).map((w) => w.minutes)).toEqual([130]));
  it('letters beaten ways where the front is short', () => expect(waysOf(alternatives, outcome(way(1, 100, 9, 0.9))).map((w) => w.id)).toEqual(['A', 'B', 'C']));
  it('is told all of any of them by one question', () => {
    expect(detailOf(ways[0])).toBeUndefined();
    expect(detailOf(ways[1])).toEqual({ first: 2 });
    expect(detailOf(ways[2])).toEqual({ front: 3, alternatives: 1 });
  });
  it('chooses the fastest where nothing, or what is gone, is chosen', () => expect([chosenOf(ways, undefined)?.id, chosenOf(ways, '9')?.id, chosenOf(ways, 'C')?.id]).toEqual(['A', 'A', 'C']));
  it('is there without any risk', () => {
    const plain = waysOf(outcome(way(1, 10, null), way(2, 12, null)), undefined);
    expect([plain.map((w) => w.id), riskKind(plain)]).toEqual([['A', 'B'], 'unknown']);
  });
  it('gives a chance only where there is one', () => {
    expect([riskKind(ways), riskOf({ risk: 9, chance: 0.25 }, 'chance')]).toEqual(['chance', 25]);
    expect([riskKind(waysOf(undefined, outcome(way(1, 1, 3)))), riskOf({ risk: 3, chance: undefined }, 'relative')]).toEqual(['relative', 3]);
  });
  it('draws the front as steps down', () => expect(stepsOf([[100, 90], [150, 40], [200, 20]])).toEqual([[100, 90], [150, 90], [150, 40], [200, 40], [200, 20]]));
});

describe('figures', () => {
  it('leaves room on both sides of the times', () => expect([timeRoom([100, 200]), timeRoom([60])]).toEqual([[85, 215], [45, 75]]));
  it('labels round hours within', () => {
    for (const [from, to] of [[85, 215], [1800, 3200], [0, 30], [5000, 40000]] as const) {
      const ticks = hourTicks(from, to);
      expect(ticks.length).toBeLessThan(9);
      for (const t of ticks) expect(t >= from && t <= to && t % 15 === 0, `${t}`).toBe(true);
    }
  });
  it('cuts a way into twenty pieces or more', () => {
    for (const km of [3, 40, 300, 855, 5000]) expect([km, km / stretchOf(km) >= 20 || stretchOf(km) === 1]).toEqual([km, true]);
  });
  it('counts the first way alone', () => expect(alongFirst([{ way: 1, outcome: 'found', records: 2, killed: 0, injured: 0 }, { way: 2, outcome: 'found', records: 9, killed: 0, injured: 0 }, { way: 1, outcome: undefined, records: 3, killed: 0, injured: 0 }])).toEqual({ all: 5, by: [{ outcome: undefined, records: 3 }, { outcome: 'found', records: 2 }] }));
  it('finds the stretch of a kilometre, the last for the end', () => {
    const stretches = [{ from_km: 0, to_km: 20, records: 1 }, { from_km: 20, to_km: 30, records: 2 }];
    expect([stretchAt(stretches, 20)?.records, stretchAt(stretches, 30)?.records]).toEqual([2, 2]);
  });
  it('goes from near to far', () => expect([1, 2, 3, 4, 8].map((n) => [reachColour(0, n), reachColour(n - 1, n)])).toEqual([['reach-2', 'reach-2'], ['reach-1', 'reach-4'], ['reach-1', 'reach-4'], ['reach-1', 'reach-4'], ['reach-1', 'reach-4']]));
});

describe('a dragged line', () => {
  const line: [number, number][] = [[0, 0], [10, 0], [10, 10]];
  it('is taken where it is nearest', () => expect(nearestOn(line.map(([x, y]) => ({ x, y })), { x: 11, y: 4 })).toMatchObject({ at: { x: 10, y: 4 }, piece: 1, away: 1 }));
  it('puts a stop between those before and after', () => expect([[1, 0], [9, 0], [10, 9]].map(([x = 0, y = 0]) => placeInOrder(line, { via: [{ at: [5, 0] }, { at: [10, 5] }] }, [x, y]))).toEqual([0, 1, 2]));
  it('has its middle half way', () => expect([placeAlong(line, 0.5), placeAlong(line, 0.75)]).toEqual([[10, 0], [10, 5]]));
  it('has its badge where other ways are far', () => {
    const [a, b] = waysOf(undefined, outcome({ ...way(1, 1, 2), geometry: { type: 'LineString', coordinates: [[0, 0], [5, 5], [10, 0]] } }, { ...way(2, 2, 1), geometry: { type: 'LineString', coordinates: [[0, 0], [5, 0], [10, 0]] } }));
    expect(a && b && badgePlace(a, [a, b])).toEqual([5, 5]);
  });
});

describe('undo', () => {
  beforeEach(() => {
    useView.setState({ plan: emptyPlan });
    useHistory.setState({ past: [], future: [] });
  });
  it('takes a drag back as one step, and leaves the chosen way', () => {
    const { setPlan, chooseWay } = useView.getState();
    setPlan({ from: { at: [0, 0], name: 'Base' } });
    beginGesture();
    for (let i = 1; i <= 20; i++) setPlan({ from: { at: [i / 10, 0] } });
    endGesture();
    chooseWay('B');
    expect(useHistory.getState().past).toHaveLength(2);
    useHistory.getState().undo();
    expect([useView.getState().plan.from, useView.getState().way]).toEqual([{ at: [0, 0], name: 'Base' }, 'B']);
  });
});
