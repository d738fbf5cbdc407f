// The one place that reads what the processes route, pareto, isochrone and corridor answer.
import type { Geometry, LineString, MultiLineString, MultiPolygon, Point, Polygon } from 'geojson';
import { list, number, object, optional, or, record, text, type Decoder } from './decode.ts';
import type { Outcome } from './execution.ts';

const wayFacts = object({ way: number, minutes: number, km: number, risk: optional(number), chance: optional(number), by: or(text, '') });
export type ToldWay = ReturnType<typeof wayFacts> & { line: LineString | MultiLineString };

/** Without minutes no such help comes there by road. */
const weakFacts = object({ way: number, help: text, at_km: or(number, 0), minutes: optional(number), from: or(text, ''), mgrs: or(text, '') });
export type Weakest = ReturnType<typeof weakFacts> & { at: [number, number] };

const leg = object({
  way: number, from_km: or(number, 0), km: number, minutes: number, road: or(text, ''), ref: optional(text), surface: optional(text), status: optional(text),
  risk: optional(number), chance: optional(number), incidents: optional(number), verified: optional(text), cleared: optional(text),
});
export type Leg = ReturnType<typeof leg>;

const along = object({ way: number, outcome: optional(text), records: number, killed: or(number, 0), injured: or(number, 0) });
export type Along = ReturnType<typeof along>;

const accessFacts = object({ stop: or(text, ''), distance_m: or(number, 0), road: or(text, '') });
export type Access = ReturnType<typeof accessFacts> & { line: LineString };

const check = object({
  way: number, name: or(text, ''), place: optional(text), mgrs: or(text, ''), at_km: number, minutes: number, arrives: optional(text), leaves: optional(text), road: optional(text),
});
/** A place of the convoy sheet. */
export type Check = ReturnType<typeof check>;

const hazardFacts = object({ way: number, kind: or(text, ''), name: optional(text), at_km: number, distance_m: number });
export type Hazard = ReturnType<typeof hazardFacts> & { shape: Geometry };

const incidentFacts = object({ way: number, at_km: optional(number), outcome: optional(text), killed: or(number, 0), injured: or(number, 0) });
export type Incident = ReturnType<typeof incidentFacts> & { shape: Geometry };

const support = object({
  way: number, at_km: number, reaction_force: optional(text), reaction_force_min: optional(number), surgery: optional(text), surgery_min: optional(number),
});
/** Who comes first to a place along a way. */
export type Support = ReturnType<typeof support>;

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
export const checksIn = ({ result }: Outcome): Check[] => or(list(check), [])(result.sheet, 'sheet');
export const supportIn = ({ result }: Outcome): Support[] => or(list(support), [])(result.support, 'support');
export const hazardsIn = ({ result }: Outcome): Hazard[] => layer<ReturnType<typeof hazardFacts>, Geometry>(result, 'hazards', hazardFacts);
export const incidentsIn = ({ result }: Outcome): Incident[] => layer<ReturnType<typeof incidentFacts>, Geometry>(result, 'incidents', incidentFacts);
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
