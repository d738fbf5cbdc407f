// From what is sought to what the processes siting and siting-pareto are asked.
import type { Question } from '../api/execution.ts';
import type { Process } from '../api/shapes.ts';
import type { Place } from '../geo/geodesic.ts';
import { questionOf, type FormValues } from '../panels/inputs.ts';
import type { InForce } from '../planning/question.ts';
import type { Change } from '../state/scenario.ts';
import type { Siting, Sought } from '../state/siting.ts';

export const processOf = (sought: Sought): string => (sought === 'front' ? 'siting-pareto' : 'siting');

/** Whether one thing is placed at bases that all stay. */
export const isPlacing = (sought: Sought): boolean => sought === 'module' || sought === 'helicopter';

/** What each asks for by its standard name; a front asks for aims. */
const recipes: Record<Exclude<Sought, 'front'>, Question> = {
  travel: { objective: 'p-median' },
  close: { objective: 'p-median' },
  reach: { objective: 'maximal-cover' },
  fewest: { objective: 'set-cover' },
  farthest: { objective: 'p-center' },
  module: { objective: 'maximal-cover', placing: 'surgical_module' },
  helicopter: { objective: 'maximal-cover', placing: 'helicopter' },
};

/** What is placed comes by air, and counts within the hour of 10-1-2. */
const flown: FormValues = { by: 'air', within_min: 60 };

/** Another thing is sought, under the same limits: a number means another thing then. */
export function sought(siting: Siting, next: Sought, standing: number): Siting {
  const values = isPlacing(next) && !isPlacing(siting.sought) ? { ...siting.values, ...flown } : siting.values;
  const { number: _before, ...rest } = siting;
  const number = firstNumber(next, standing);
  return { ...rest, sought: next, values, ...(number !== undefined && { number }) };
}

/** The number that a search begins with: four in five bases stay, or one thing is placed. */
export function firstNumber(of: Sought, standing: number): number | undefined {
  if (of === 'front' || of === 'fewest') return undefined;
  const kept = Math.max(1, Math.round(standing * 0.8));
  return isPlacing(of) ? 1 : of === 'close' ? Math.max(1, standing - kept) : kept;
}

export interface About {
  force: InForce;
  /** How many bases stand. */
  standing: number;
  /** Where bases are drawn that are not yet. */
  drawn: Place[];
  /** The conditions of the workspace, by their names here. */
  conditions: Question;
}

/** What the workspace's conditions are called here: the same is set once, in its folded form. */
const conditioned: Record<string, string> = {
  area: 'area', profile: 'profile', month: 'month', season: 'season', avoid: 'avoid', avoid_hazards: 'avoid_hazards', snap_m: 'snap_m', within_min: 'within_min',
  light: 'medical_light', near_km: 'threat_km',
};

/** The reach is sought for under a time of its own where one is typed; all others are the workspace's alone. */
const ofWorkspace = new Set(Object.values(conditioned).filter((name) => name !== 'within_min'));

/** The conditions of the workspace as the search takes them: those that are set, and those whose usual value there is not the usual one here. */
export function conditionsOf(evaluation: Process, { inputs }: Process, { conditions = {} }: Pick<InForce, 'conditions'>): Question {
  return Object.fromEntries(
    Object.entries(conditioned).flatMap(([theirs, ours]) => {
      const here = inputs[ours];
      const value = conditions[theirs] ?? evaluation.inputs[theirs]?.schema.default;
      return here && value !== undefined && value !== here.schema.default ? [[ours, value]] : [];
    }),
  );
}

/** What is typed in the form of the search, without what is set in the workspace. */
const typed = (values: FormValues): FormValues => Object.fromEntries(Object.entries(values).filter(([name]) => !ofWorkspace.has(name)));

/** Inputs that the workspace itself fills in. */
const filled = new Set(['mission', 'objective', 'number', 'placing', 'measures', 'bases', 'bases_filter', 'keep', 'close', 'candidates', 'candidates_from', 'candidates_filter']);

export const reachInputs = ({ values }: Siting): string[] => ['by', values.by === undefined || values.by === 'distance' ? 'within_km' : 'within_min', 'weight'];
export const limitInputs = ({ sought: of }: Siting): string[] => [...(isPlacing(of) ? [] : ['budget']), 'capacity', 'least_cover', 'second_cover', 'most_threat', 'most_threat_sum', 'medical_min', 'least_surgery', 'limit_s'];

export const only = ({ inputs }: Process, names: string[]): Process['inputs'] => Object.fromEntries(names.flatMap((name) => (inputs[name] ? [[name, inputs[name]]] : [])));

/** The rest of the process, for the form beneath. */
export function furtherInputs({ inputs }: Process, siting: Siting): Process['inputs'] {
  const shown = new Set([...filled, ...ofWorkspace, ...limitInputs(siting), 'by', 'within_km', 'within_min', 'weight', 'budget']);
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !shown.has(name)));
}

const points = (places: Place[]) => places.map((coordinates) => ({ type: 'Point', coordinates }));

/** How many sites there may be; undefined where the number says nothing. */
function sitesOf({ sought: of, number }: Siting, standing: number): number | undefined {
  if (of === 'fewest' || number === undefined) return undefined;
  return of === 'close' ? standing - number : number;
}

/** The question; a problem names why there is none yet. */
export function sitingQuestion(siting: Siting, process: Process, values: FormValues, { force, standing, drawn, conditions }: About): { question: Question } | { problem: 'siting.needNumber' | 'siting.needAims' | 'siting.closesAll' } {
  const { sought: of, aims, keep, close, candidates } = siting;
  const number = sitesOf(siting, standing);
  if (of === 'front' && aims.length < 2) return { problem: 'siting.needAims' };
  if (of !== 'front' && of !== 'fewest' && number === undefined) return { problem: 'siting.needNumber' };
  if (number !== undefined && number < 1) return { problem: 'siting.closesAll' };
  const { mission, bases, places, incidents } = force;
  const question: Question = {
    ...(mission && { mission }),
    ...(bases.filter && { bases_filter: bases.filter }),
    ...(incidents?.filter && { threat_filter: incidents.filter }),
    ...(incidents?.datetime && { threat_datetime: incidents.datetime }),
    ...conditions,
    ...questionOf(process.inputs, typed(values)).question,
    ...(of === 'front' ? { measures: aims } : recipes[of]),
    ...(number !== undefined && { number }),
    ...(keep.length && { keep }),
    ...(close.length && { close }),
    ...(candidates.includes('places') && { candidates_from: 'places', ...(places?.filter && { candidates_filter: places.filter }) }),
    ...(candidates.includes('drawn') && drawn.length && { candidates: points(drawn) }),
  };
  if (isPlacing(of)) delete question.budget;
  return { question };
}

/** Bases that the scenario opens at a place, and those that are drawn by hand. */
export const drawnPlaces = (changes: Change[], places: Place[]): Place[] => [...changes.flatMap((c) => (c.act === 'open' && c.to ? [c.to.coordinates] : [])), ...places];

/** Limits, and what else makes a search another: the figures of a footprint that is given have none. */
const ofSearch = ['measures', 'number', 'least_number', 'points', 'keep', 'close', 'candidates', 'candidates_from', 'candidates_filter', 'budget', 'capacity', 'candidate_capacity', 'least_cover', 'second_cover', 'most_threat', 'most_threat_sum', 'medical_min', 'least_surgery', 'priority_filter', 'limit_s'];

/** What the aims come to where exactly these bases stand. */
export function figuresQuestion(front: Question, bases: number[]): Question {
  const same = Object.fromEntries(Object.entries(front).filter(([name]) => !ofSearch.includes(name)));
  return { ...same, objective: 'p-median', bases, keep: bases, number: bases.length };
}
