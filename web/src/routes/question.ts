// From the plan to what the processes are asked.
import type { Question } from '../api/execution.ts';
import type { Process } from '../api/shapes.ts';
import { areaShape } from '../geo/ring.ts';
import type { Place } from '../geo/geodesic.ts';
import { questionOf, type FormValues } from '../panels/inputs.ts';
import type { Plan, Stop } from '../state/plan.ts';
import type { TimeRange } from '../state/time.ts';

const point = (at: Place) => ({ type: 'Point', coordinates: at });
const points = (stops: Stop[]) => stops.map(({ at }) => point(at));

/** The month that the time of the page ends in. */
export const monthOf = (time: TimeRange | undefined): number | undefined => (time ? Number(time.to.slice(5, 7)) : undefined);

/** Areas may overlap, which those of a MultiPolygon may not. */
const avoided = (rings: Place[][]) => (rings.length ? { type: 'GeometryCollection', geometries: rings.map(areaShape) } : undefined);

/** What holds of every question about the roads: who drives, when, and what is kept clear of. */
export function conditionsOf({ profile, season, avoid, hazards }: Plan, time: TimeRange | undefined): Question {
  const month = season === undefined ? monthOf(time) : typeof season === 'number' ? season : undefined;
  const shape = avoided(avoid);
  return {
    ...(profile && { profile }),
    ...(month ? { month } : typeof season === 'string' && { season }),
    ...(shape && { avoid: shape }),
    ...(hazards && { avoid_hazards: true }),
  };
}

/** Inputs that the plan says, and no form has to. */
const planned = new Set(['origin', 'destination', 'via', 'profile', 'month', 'season', 'avoid', 'avoid_hazards', 'alternatives', 'front', 'first', 'objective', 'labels', 'places', 'bases', 'minutes', 'towards', 'walk_kmh']);
export const furtherInputs = ({ inputs }: Process): Process['inputs'] => Object.fromEntries(Object.entries(inputs).filter(([name]) => !planned.has(name)));

/** What the form beneath adds. */
const typed = (process: Process, values: FormValues) => questionOf(furtherInputs(process), values).question;

export const mostWays = 3;

/** The fastest way and others that share little with it; undefined while an end is missing. Other ways are found between two places only. */
export function routeQuestion(plan: Plan, time: TimeRange | undefined, process: Process, values: FormValues): Question | undefined {
  const { from, to, via } = plan;
  if (!from || !to) return undefined;
  return {
    ...typed(process, values),
    origin: point(from.at), destination: point(to.at),
    ...(via.length ? { via: points(via) } : { alternatives: mostWays }),
    ...conditionsOf(plan, time),
  };
}

const notOfPareto = new Set(['alternatives', 'stretch', 'apart', 'depart', 'curfew', 'curfew_rule', 'utc_offset_h', 'front', 'first']);

/** The front under the same conditions. */
export const paretoQuestion = (route: Question): Question => Object.fromEntries(Object.entries(route).filter(([name]) => !notOfPareto.has(name)));

export function reachQuestion(plan: Plan, time: TimeRange | undefined, process: Process, values: FormValues): Question | undefined {
  const { origins, minutes, towards, walkKmh } = plan;
  if (!origins.length) return undefined;
  return { ...typed(process, values), places: points(origins), ...(minutes && { minutes }), ...(towards && { towards }), ...(walkKmh && { walk_kmh: walkKmh }), ...conditionsOf(plan, time) };
}
