// The one place that reads what the processes route, pareto, isochrone and corridor answer.
import type { LineString, MultiLineString, MultiPolygon, Point, Polygon } from 'geojson';
import { list, number, object, optional, or, record, text, type Decoder } from './decode.ts';
import type { Outcome } from './execution.ts';

const wayFacts = object({ way: number, minutes: number, km: number, risk: optional(number), chance: optional(number), by: or(text, '') });
export type ToldWay = ReturnType<typeof wayFacts> & { line: LineString | MultiLineString };

const weakFacts = object({ way: number, help: text, at_km: or(number, 0), minutes: number, from: or(text, '') });
export type Weakest = ReturnType<typeof weakFacts> & { at: [number, number] };

const leg = object({ way: number, road: or(text, ''), km: number, minutes: number, risk: optional(number), chance: optional(number) });
export type Leg = ReturnType<typeof leg>;

const along = object({ way: number, outcome: optional(text), records: number, killed: or(number, 0), injured: or(number, 0) });
export type Along = ReturnType<typeof along>;

const accessFacts = object({ stop: or(text, ''), distance_m: or(number, 0), road: or(text, '') });
export type Access = ReturnType<typeof accessFacts> & { line: LineString };

/** The features of a layer: what each tells, and its shape. */
function features<T, G>(value: unknown, where: string, facts: Decoder<T>): (T & { shape: G })[] {
  const { features: all } = object({ features: list(object({ properties: record, geometry: record })) })(value, where);
  return all.map(({ properties, geometry }, i) => ({ ...facts(properties, `${where}.features[${i}].properties`), shape: geometry as unknown as G }));
}

const layer = <T, G>(result: Record<string, unknown>, name: string, facts: Decoder<T>) => (result[name] ? features<T, G>(result[name], name, facts) : []);

export const waysIn = ({ result }: Outcome): ToldWay[] => layer<ReturnType<typeof wayFacts>, ToldWay['line']>(result, 'ways', wayFacts).map(({ shape, ...facts }) => ({ ...facts, line: shape }));

export const weakestIn = ({ result }: Outcome): Weakest[] =>
  layer<ReturnType<typeof weakFacts>, Point>(result, 'weakest', weakFacts).map(({ shape, ...facts }) => ({ ...facts, at: [shape.coordinates[0] ?? 0, shape.coordinates[1] ?? 0] }));

export const accessIn = ({ result }: Outcome): Access[] => layer<ReturnType<typeof accessFacts>, LineString>(result, 'access', accessFacts).map(({ shape, ...facts }) => ({ ...facts, line: shape }));

export const legsIn = ({ result }: Outcome): Leg[] => or(list(leg), [])(result.legs, 'legs');
export const alongIn = ({ result }: Outcome): Along[] => or(list(along), [])(result.outcomes, 'outcomes');
export const gpxIn = ({ result }: Outcome): string => or(text, '')(result.gpx, 'gpx');

const frontFacts = object({ ways: number, complete: (v) => v === true, proved_min: optional(number) });
export const frontIn = ({ result }: Outcome) => optional(frontFacts)(result.front, 'front');

const areaFacts = object({ minutes: number, area_km2: or(number, 0), people: optional(number), records: optional(number), roads_km: or(number, 0) });
export type Reached = ReturnType<typeof areaFacts> & { shape: Polygon | MultiPolygon };
/** The longest time first. */
export const reachedIn = ({ result }: Outcome): Reached[] => layer<ReturnType<typeof areaFacts>, Reached['shape']>(result, 'areas', areaFacts);

const originFacts = object({ name: or(text, ''), access_m: optional(number), problem: optional(text), road: or(text, '') });
export const originsIn = ({ result }: Outcome) => or(list(originFacts), [])(result.places, 'places');

const stretch = object({ from_km: number, to_km: number, records: number });
export type Stretch = ReturnType<typeof stretch>;
export const stretchesIn = ({ result }: Outcome): Stretch[] => layer<Stretch, LineString>(result, 'stretches', stretch);
