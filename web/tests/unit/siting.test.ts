import { describe, expect, it } from 'vitest';
import type { Figures, FrontPoint } from '../../src/api/siting.ts';
import type { Process } from '../../src/api/shapes.ts';
import { conditionsOf, drawnPlaces, figuresQuestion, firstNumber, furtherInputs, limitInputs, sitingQuestion, sought } from '../../src/siting/question.ts';
import { alike, roomOf, sureOf, unbeaten, valueOf, weightOf } from '../../src/siting/trade.ts';
import { emptySiting, formatSiting, parseSiting, ruled, ruleOf, type Siting } from '../../src/state/siting.ts';
import { formatView, parseView, emptyView } from '../../src/state/url.ts';
import { useHistory } from '../../src/state/history.ts';
import { useView } from '../../src/state/view.ts';

const input = (schema: Record<string, unknown>) => ({ title: '', description: '', minOccurs: 0, schema });
const names = ['objective', 'number', 'placing', 'by', 'within_km', 'within_min', 'weight', 'budget', 'capacity', 'least_cover', 'limit_s', 'seed', 'filter', 'mission'];
const process = { id: 'siting', title: '', description: '', inputs: Object.fromEntries(names.map((n) => [n, input({ type: ['by', 'weight', 'capacity', 'filter', 'mission'].includes(n) ? 'string' : 'number' })])), outputs: {} } as unknown as Process;
const about = { force: { mission: 'M', bases: { filter: 'b' }, places: { filter: 'p' }, incidents: { filter: 'i', datetime: '2018' } }, standing: 14, drawn: [[1, 2]] as [number, number][], conditions: {} };
const inForce = { mission: 'M', bases_filter: 'b', threat_filter: 'i', threat_datetime: '2018' };
const asked = (siting: Siting) => sitingQuestion(siting, process, siting.values, about);

describe('what is sought, in a link', () => {
  const full: Siting = { sought: 'front', number: 9, aims: ['travel', 'threat', 'sites'], keep: [1, 22], close: [3], candidates: ['drawn', 'places'], values: { budget: 5, by: 'road', text: 'x~y&z=é' } };
  it('comes back as it was', () => {
    expect(parseSiting(formatSiting(full))).toEqual(full);
    expect(parseSiting(formatSiting(emptySiting))).toEqual(emptySiting);
    expect(parseView(formatView({ ...emptyView, siting: full })).siting).toEqual(full);
  });
  it('is nothing when nothing is sought, or when that cannot be read', () => {
    for (const text of ['', 's:', 's:gold', 'n:3']) expect(parseSiting(text), text).toBeUndefined();
    expect(formatSiting(undefined)).toBeUndefined();
  });
  it('leaves out what it cannot read', () => {
    for (const bad of ['n:0', 'n:1.5', 'n:x', 'k:a.b', 'x:-1', 'a:price', 'a:fame,price', 'c:moon', 'v:%7B', 'v:%5B1%5D', 'v:%E0%A4%A']) expect(parseSiting(`s:travel~${bad}`), bad).toEqual(emptySiting);
  });
  it('is a step of undo, and of redo', () => {
    useView.setState({ siting: undefined });
    useView.getState().seek(full);
    useHistory.getState().undo();
    expect(useView.getState().siting).toBeUndefined();
    useHistory.getState().redo();
    expect(useView.getState().siting).toEqual(full);
  });
});

describe('a base in the search', () => {
  it('stays or may not be a site, and never both', () => {
    const both = ruled(ruled(emptySiting, 4, 'keep'), 4, 'close');
    expect([ruleOf(both, 4), both.keep, both.close]).toEqual(['close', [], [4]]);
    expect(ruleOf(ruled(both, 4, undefined), 4)).toBeUndefined();
  });
});

describe('what the server is asked', () => {
  it('keeps so many', () => expect(asked({ ...emptySiting, number: 8, keep: [1], close: [2], values: { budget: 5 } })).toEqual({ question: { ...inForce, objective: 'p-median', number: 8, keep: [1], close: [2], budget: 5 } }));
  it('closes so many of those that stand', () => {
    expect(asked({ ...emptySiting, sought: 'close', number: 3 })).toMatchObject({ question: { number: 11 } });
    expect(asked({ ...emptySiting, sought: 'close', number: 14 })).toEqual({ problem: 'siting.closesAll' });
  });
  it('places one thing, without a budget of bases', () => {
    const one = sought({ ...emptySiting, number: 8, values: { budget: 5 } }, 'helicopter', 14);
    expect(asked(one)).toEqual({ question: { ...inForce, objective: 'maximal-cover', placing: 'helicopter', number: 1, by: 'air', within_min: 60 } });
    expect(limitInputs(one)).not.toContain('budget');
  });
  it('needs a number, or two aims', () => {
    expect(asked(emptySiting)).toEqual({ problem: 'siting.needNumber' });
    expect(asked({ ...emptySiting, sought: 'fewest' })).toEqual({ question: { ...inForce, objective: 'set-cover' } });
    expect(asked({ ...emptySiting, sought: 'front', aims: ['price'] })).toEqual({ problem: 'siting.needAims' });
    expect(asked({ ...emptySiting, sought: 'front' })).toEqual({ question: { ...inForce, measures: ['price', 'travel'] } });
  });
  it('chooses among places and drawn bases, too', () => {
    const { question } = asked({ ...emptySiting, number: 8, candidates: ['places', 'drawn'] }) as { question: Record<string, unknown> };
    expect(question).toMatchObject({ candidates_from: 'places', candidates_filter: 'p', candidates: [{ type: 'Point', coordinates: [1, 2] }] });
  });
  it('goes by the conditions of the workspace, whatever an old link says of them, but for a reach of its own', () => {
    const conditions = { season: 'wet', within_min: 90, snap_m: 10_000 };
    const under = (values: Siting['values']) => (sitingQuestion({ ...emptySiting, number: 8 }, process, values, { ...about, conditions }) as { question: Record<string, unknown> }).question;
    expect(under({ season: 'dry', seed: 3 })).toMatchObject({ ...conditions, seed: 3 });
    expect(under({ within_min: 60 })).toMatchObject({ ...conditions, within_min: 60 });
  });
  it('takes conditions by their names here: those that are set, and those whose usual value is another', () => {
    const of = (defaults: Record<string, unknown>) => ({ inputs: Object.fromEntries(Object.entries(defaults).map(([n, d]) => [n, input({ default: d })])) }) as unknown as Process;
    const [workspace, search] = [of({ season: 'dry', light: 'day', near_km: 25, snap_m: 10, month: undefined, patrol_km: 0 }), of({ season: 'dry', medical_light: 'day', threat_km: 30, snap_m: 10, month: undefined })];
    expect(conditionsOf(workspace, search, {})).toEqual({ threat_km: 25 });
    expect(conditionsOf(workspace, search, { conditions: { light: 'night', near_km: 30, month: 8, patrol_km: 5 } })).toEqual({ medical_light: 'night', month: 8 });
  });
  it('leaves to the form beneath what has no field', () => expect(Object.keys(furtherInputs(process, emptySiting))).toEqual(['seed', 'filter']));
  it('begins with a number that makes sense', () => expect([firstNumber('travel', 14), firstNumber('close', 14), firstNumber('module', 14), firstNumber('front', 14), firstNumber('travel', 1), firstNumber('close', 1)]).toEqual([11, 3, 1, undefined, 1, 1]));
});

describe('the scenario beside the front', () => {
  it('is asked for under the same measure, without limits', () => expect(figuresQuestion({ mission: 'M', by: 'air', measures: ['price'], budget: 5, points: 9, least_number: 1, limit_s: 3 }, [1, 2])).toEqual({ mission: 'M', by: 'air', objective: 'p-median', bases: [1, 2], keep: [1, 2], number: 2 }));
  it('offers drawn bases and those that it opens', () => expect(drawnPlaces([{ act: 'open', to: { type: 'Point', coordinates: [3, 4] } }, { act: 'close', target: 1 }], [[1, 2]])).toEqual([[3, 4], [1, 2]]));
});

describe('the chart', () => {
  const figures: Figures = { number: 3, price: 2_500_000, mean: 40, travel: 4000, cover: 12, threat: 7, medical: 5 };
  it('draws money in millions and travel as the mean way', () => expect([valueOf('price', figures), valueOf('travel', figures), valueOf('sites', figures), valueOf('cover', figures), weightOf(figures), weightOf({ ...figures, mean: 0 })]).toEqual([2.5, 40, 3, 12, 100, undefined]));
  it('has on its line what no other beats in both, each once', () => expect(unbeaten([[3, 1], [1, 5], [2, 5], [2, 3], [3, 2], [1, 6], [1, 5]])).toEqual([[1, 5], [2, 3], [3, 1]]));
  it('has room, though all are one', () => expect([roomOf([0, 100]), roomOf([50]), roomOf([0])]).toEqual([[0, 108], [45, 55], [0, 1]]));
  it('tells a proof from a gap, and both from what is not known', () => expect([0, 0.16, undefined].map((gap) => sureOf({ gap } as FrontPoint))).toEqual(['proved', 'gap', 'unknown']));
  it('knows a scenario whatever the order of its changes', () => {
    expect(alike([{ act: 'close', target: 1 }, { act: 'close', target: 2, name: 'B' }], [{ act: 'close', target: 2 }, { act: 'close', target: 1 }])).toBe(true);
    expect(alike([{ act: 'close', target: 1 }], [{ act: 'close', target: 2 }])).toBe(false);
    expect(alike([], [{ act: 'close', target: 2 }])).toBe(false);
  });
});
