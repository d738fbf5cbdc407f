// @vitest-environment happy-dom
// The figures of a convoy sheet against answers made by hand, how it is cut into pages, and its GPX file.
import { warningsIn } from '../../src/api/warning.ts';
import { describe, expect, it } from 'vitest';
import { convoyOf, shortName, stretches, warningsOf, sheetsIn, whoComes } from '../../src/convoy/convoy.ts';
import { gpxOf } from '../../src/convoy/gpx.ts';
import { convoyPages } from '../../src/convoy/pages.ts';
import { middleOf } from '../../src/convoy/picture.ts';
import { localTime } from '../../src/convoy/text.ts';

const point = (properties: object, coordinates = [0, 0]) => ({ type: 'Feature', properties, geometry: { type: 'Point', coordinates } });
const line = (way: number) => ({ type: 'Feature', properties: { way, km: 30, minutes: 60, risk: 0.5, chance: null, by: 'R1' }, geometry: { type: 'LineString', coordinates: [[0, 0], [1, 0]] } });
const layer = (...features: object[]) => ({ type: 'FeatureCollection', features });
const leg = (way: number, from_km: number, km: number) => ({ way, from_km, km, minutes: km * 2, road: `R${from_km}`, ref: null, surface: null, status: 'open', incidents: 1, verified: null, cleared: null });

/** Ten kilometres, a night on the road, twenty more. */
const result = {
  ways: layer(line(1), line(2)),
  legs: [leg(1, 0, 10), leg(1, 10, 20), leg(2, 0, 30)],
  sheet: [
    { way: 1, name: 'origin', place: null, mgrs: '31N', at_km: 0, minutes: 0, arrives: '2018-03-01T06:00:00Z', leaves: '2018-03-01T06:00:00Z', road: 'R0' },
    { way: 1, name: 'R10', place: 'Fork', mgrs: '32N', at_km: 10, minutes: 20, arrives: '2018-03-01T06:20:00Z', leaves: '2018-03-02T06:00:00Z', road: 'R10' },
    { way: 1, name: 'halt on R10', place: null, mgrs: '33N', at_km: 20, minutes: 40, arrives: '2018-03-02T06:20:00Z', leaves: '2018-03-03T06:00:00Z', road: 'R10' },
    { way: 1, name: 'destination', place: 'Town', mgrs: '34N', at_km: 30, minutes: 60, arrives: '2018-03-03T06:20:00Z', leaves: '2018-03-03T06:20:00Z', road: null },
    { way: 2, name: 'origin', place: null, mgrs: '31N', at_km: 0, minutes: 0, arrives: null, leaves: null, road: 'R0' },
    { way: 2, name: 'destination', place: 'Town', mgrs: '34N', at_km: 30, minutes: 60, arrives: null, leaves: null, road: null },
  ],
  weakest: layer(point({ way: 1, help: 'surgery', minutes: null, from: null, at_km: 3, mgrs: '' }, [0.1, 0])),
  hazards: layer(point({ way: 2, kind: 'confirmed', name: 'one', at_km: 4, distance_m: 0 })),
  incidents: layer(point({ way: 1, at_km: 0, outcome: 'found' }), point({ way: 1, at_km: 29.9, outcome: null }), point({ way: 1, at_km: 30 }), point({ way: 2, at_km: 1 }), point({ way: 1, at_km: null })),
  outcomes: [{ way: 1, outcome: 'found', records: 4 }], support: [], access: layer(point({ stop: 'origin', distance_m: 5 })),
};

describe('a convoy', () => {
  const first = convoyOf({ result }, 1);
  const second = convoyOf({ result }, 2);

  it('is one way of the answer', () => {
    expect(sheetsIn({ result })).toBe(2);
    expect([first?.letter, first?.from, first?.to, second?.letter]).toEqual(['A', '31N', 'Town', 'B']);
    expect([first?.hazards.length, second?.hazards.length, first?.incidents.length]).toEqual([0, 1, 4]);
    expect(first?.facts.chance).toBeUndefined();
    expect(first?.weakest.surgery?.minutes).toBeUndefined();
    expect(convoyOf({ result }, 3)).toBeUndefined();
    expect(sheetsIn({ result: { ways: layer(line(1)) } })).toBe(0);
  });

  it('counts time since the departure, waiting included', () => {
    expect(first?.points.map((p) => p.since)).toEqual([0, 20, 1460, 2900]);
    expect(first?.points.map((p) => p.halt)).toEqual([false, true, true, false]);
    expect(second?.points.map((p) => p.since)).toEqual([0, 60]);
  });

  it('begins a leg at each check point but halts on the road and the end', () => {
    expect(first?.points.map((p) => p.leg?.from_km)).toEqual([0, 10, undefined, undefined]);
  });

  it('counts incidents in stretches, the last with the end', () => {
    expect(first && stretches(first, 3)).toEqual({ km: 10, counts: [1, 0, 2] });
    expect(first && stretches(first, 2)).toEqual({ km: 20, counts: [1, 2] });
  });
});

it('tells who comes by stretches of the same help', () => {
  const at = (at_km: number, force: string | undefined, min: number | undefined) => ({ way: 1, at_km, reaction_force: force, reaction_force_min: min, surgery: 'S', surgery_min: 5 });
  expect(whoComes([at(0, 'a', 1), at(10, 'a', 9), at(20, 'b', 3), at(30, undefined, undefined)])).toEqual([
    { from: 0, to: 20, reaction_force: 'a', surgery: 'S', force_min: 9, surgery_min: 5 },
    { from: 20, to: 30, reaction_force: 'b', surgery: 'S', force_min: 3, surgery_min: 5 },
    { from: 30, to: 30, reaction_force: undefined, surgery: 'S', force_min: undefined, surgery_min: 5 },
  ]);
  expect(whoComes([])).toEqual([]);
  expect([shortName('MINUSMA/Gao'), shortName('Camp A/B')]).toEqual(['Gao', 'Camp A/B']);
});

it('leaves out what is said of another way, and halts', () => {
  const all = warningsIn(['All.', 'Way 1: mine.', 'Way 2: other.', 'Way 1: the journey halts at km 3.'], []);
  expect(warningsOf(all, 1).map((w) => w.text)).toEqual(['All.', 'Way 1: mine.']);
});

describe('pages', () => {
  const on = (first: number, next: number, rows: number[], blocks: number[]) => convoyPages({ first, next, head: 10, rows, blocks, gap: 5 });
  it('is one where all fits', () => expect(on(100, 100, [20, 20], [40])).toEqual([{ rows: [0, 2], blocks: [0, 1] }]));
  it('goes on with the rows that find no room, under a head of their own', () => expect(on(50, 100, [20, 20, 20], [60])).toEqual([{ rows: [0, 2], blocks: [0, 0] }, { rows: [2, 3], blocks: [0, 1] }]));
  it('keeps a block whole', () => expect(on(50, 100, [20], [60, 30, 30])).toEqual([{ rows: [0, 1], blocks: [0, 0] }, { rows: [1, 1], blocks: [0, 2] }, { rows: [1, 1], blocks: [2, 3] }]));
  it('ends with what is higher than a page', () => expect(on(50, 50, [], [900, 10])).toEqual([{ rows: [0, 0], blocks: [0, 1] }, { rows: [0, 0], blocks: [1, 2] }]));
});

it('saves one way of the GPX document', () => {
  const all = `<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><metadata><name>m</name></metadata>
<wpt lat="1" lon="2"><name>a &amp; b</name><cmt>way 1</cmt></wpt><wpt lat="1" lon="2"><name>c</name><cmt>way 2</cmt></wpt>
<rte><name>r1</name><number>1</number></rte><rte><name>r2</name><number>2</number></rte><trk><name>t1</name><number>1</number></trk><trk><name>t2</name><number>2</number></trk></gpx>`;
  const one = gpxOf(all, 1);
  for (const part of ['<metadata>', 'a &amp; b', 'r1', 't1']) expect(one).toContain(part);
  for (const part of ['>c<', 'r2', 't2']) expect(one).not.toContain(part);
});

it('finds the middle of a line', () => {
  expect(middleOf({ type: 'LineString', coordinates: [[0, 0], [1, 0], [4, 0]] })).toEqual([2, 0]);
});

it('tells local time', () => {
  const time = localTime('en-GB', 1);
  expect([time.full('2018-03-01T23:30:00Z'), time.zone, localTime('en-GB', 0).zone, localTime('en-GB', -3.5).zone]).toEqual(['2 Mar, 00:30', 'UTC+1', 'UTC', 'UTC−3.5']);
});
