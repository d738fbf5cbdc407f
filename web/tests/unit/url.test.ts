import { emptyPlan } from '../../src/state/plan.ts';
import { describe, expect, it } from 'vitest';
import { emptyView, formatView, parseView, type ViewState } from '../../src/state/url.ts';

const full: ViewState = {
  position: { zoom: 6.25, lat: 15.2389, lng: -1.8393 },
  mission: 'MINUSMA',
  layers: ['bases', 'routes'],
  filters: { bases: { kind: { values: ['battalion', 'company'] }, name: { values: ['Mopti, Sévaré: a.b/c&d;e'] } }, 'my data': { 'a.b': { from: '1', to: '' } } },
  time: { from: '2016-01-01', to: '2018-08-31' },
  charts: true,
  table: 'bases',
  selected: { collection: 'bases', key: 12 },
  footprint: { bases: [3, 5], radiusMetres: 50000 },
  plan: emptyPlan,
  way: 'B',
  workspace: 'routes',
  medical: { from: { base: 8 }, night: true, by: 'air', inputs: { notify_min: 0 } },
  scenario: { id: 'drawdown-2023', title: 'Keep eleven: a~b', day: '2023-08-31', changes: [{ act: 'move', target: 3, to: { type: 'Point', coordinates: [1.5, 18] } }], weights: { priority: 30, threat: 25, support: 15, medical: 20, operational: 10 } },
  drawn: { places: [[-1.8393, 15.2389], [0.5, -3]], within: { ring: [[0, 0], [1, 0], [1, 1]] }, measured: { points: [[2, 3], [4, 5.00001]], closed: false } },
};

describe('permalink', () => {
  it('comes back as it was', () => expect(parseView(`#${formatView(full)}`)).toEqual(full));
  it('is empty for the empty view', () => expect(formatView(emptyView)).toBe(''));
  it('reads nothing as the empty view', () => expect(parseView('')).toEqual(emptyView));
  it('tells no layer from the layers by default', () => {
    expect(parseView(formatView({ ...emptyView, layers: [] })).layers).toEqual([]);
    expect(parseView('').layers).toBeUndefined();
  });
  it('tells all missions from none chosen', () => {
    expect(parseView(formatView({ ...emptyView, mission: '' })).mission).toBe('');
    expect(parseView('m=1/2/3').mission).toBeUndefined();
  });
  it('leaves out what it cannot read', () => {
    for (const bad of ['m=', 'm=abc', 'm=5/91/0', 'm=5/0', 'm=1/2/3/4', 'm=99/0/0', 'f=::', 'f=bases', 'f=bases.kind::', 'f=a.b:1:2:3', 't=2018-08-31/2016-01-01', 't=2017-02-31/2017-03-01', 't=2016', 'ch=x', 'fp=x@y', 'fp=@-5', 'at=bases', 'at=bases/-1', 'l=%E0%A4%A', '&&&', '=', 'd=', 'd=b:', 'd=b:1,2,3', 'd=b:200,1', 'd=w:0,0;1,1', 'd=r:areas', 'd=c:0,0;1,1', 'm=NaN/1/1'])
      expect(parseView(bad), bad).toEqual(emptyView);
  });
});
