// From what is chosen in the panel to what the processes are asked.
import type { Question } from '../api/execution.ts';
import type { Process } from '../api/shapes.ts';
import { questionOf } from '../panels/inputs.ts';
import type { Medical, Scene } from '../state/medical.ts';
import type { Selection } from '../state/selection.ts';

/** Inputs that the panel itself fills in; all others stand in its folded form. */
const ours = new Set(['places', 'bases', 'towns', 'mission', 'light', 'modes', 'casualties', 'after_min', 'share_lifts', 'turnround_min']);

export const formInputs = (process: Process): Process['inputs'] => Object.fromEntries(Object.entries(process.inputs).filter(([name]) => !ours.has(name)));

/** What both processes are asked alike: under which conditions a casualty is brought to care. */
export function conditions(process: Process, { night, by, inputs = {} }: Medical, mission: string): Question {
  return {
    ...questionOf(formInputs(process), inputs).question,
    ...(mission && { mission }),
    ...(night && { light: 'night' }),
    ...(by && { modes: [by] }),
  };
}

const sceneInput = (from: Scene): Question => ('base' in from ? { bases: [from.base] } : 'town' in from ? { towns: [from.town] } : { places: [{ type: 'Point', coordinates: from.at }] });

/** Undefined while nothing is chosen that one could be asked about. */
export const chainQuestion = (under: Question, { from }: Medical): Question | undefined => from && { ...under, ...sceneInput(from) };

export interface Counted {
  collection: string;
  selection: Selection;
}

/** The surface, with the legs from each base and what of the places and incidents that the page shows is in time. */
export function surfaceQuestion(under: Question, counted: Counted[]): Question {
  const datetime = counted.find((c) => c.selection.datetime)?.selection.datetime;
  return {
    ...under, base_legs: true, routes: 'none',
    count: counted.map((c) => c.collection), count_filters: counted.map((c) => c.selection.filter ?? ''),
    ...(datetime && { datetime }),
  };
}
