// The layers that two maps show of the base line and of a scenario: which process each comes from, what it is asked, in which classes it is drawn.
import type { Outcome, Question } from '../api/execution.ts';
import type { Process } from '../api/shapes.ts';
import { usePanel } from '../app/openPanel.ts';
import type { Words } from '../i18n/words.ts';
import type { TokenName } from '../map/tokens.ts';
import { shapesOf, type Shapes } from '../panels/result.ts';
import type { Drawn } from '../panels/resultShapes.ts';
import type { Scale } from '../panels/shading.ts';
import type { ComparedLayer } from '../state/scenario.ts';
import { useView } from '../state/view.ts';
import type { Made, Told } from './madeOf.ts';
import type { InForce } from './question.ts';

/** Absent: one map is shown. */
export function useComparesFootprints(): ComparedLayer | undefined {
  const panel = usePanel();
  const { id, changes, compared } = useView((v) => v.scenario);
  return panel === 'plan' && (id !== undefined || changes !== undefined) ? compared : undefined;
}

interface ComparedPart {
  /** Of which output. */
  id: string;
  /** The field that says in which class a shape is. */
  shade: string;
  scale: Scale;
  /** What each class is called. */
  labels(words: Words): string[];
  /** What its shapes are on the map. Absent: areas. */
  look?: 'line' | 'dot';
  /** What a class comes to: the sum of a field in km, else its share of all shapes in hundredths, or their number. */
  sum: { km: string } | 'share' | 'number';
  /** The rows behind a class, by its place in the scale. */
  made(at: number): Omit<Made, 'inputs'>;
}

interface AnswerLayer {
  process: string;
  /** The lowest first. */
  parts: ComparedPart[];
  inputs(force: InForce): Question;
  /** The parameters on which its numbers hang. */
  hangsOn: string[];
}

/** Minutes to surgery: the limit of 10-1-2, and parts of it. */
const minutes = [45, 60, 90, 120];
const outOfReach: Scale = { to: [], colours: ['reach-fail'] };

const surgeryLabels = ({ say, count }: Words) => [...minutes.map((n) => say('plan.upTo', { n: count(n) })), say('plan.beyond')];

/** What of the conditions bears on where surgery is reached by air, and on what patrols reach by road. */
const ofSurgery = ['area', 'light'];
const ofReach = [...ofSurgery, 'within_min', 'patrol_km', 'strength', 'snap_m', 'profile', 'month', 'season', 'avoid', 'avoid_hazards'];

const under = ({ conditions = {} }: InForce, names: string[]): Question => Object.fromEntries(Object.entries(conditions).filter(([name]) => names.includes(name)));

const reachInputs = (force: InForce): Question => ({ ...under(force, ofReach), ...chosen(force) });

const chosen = ({ mission, bases, places }: InForce): Question => ({ ...(mission && { mission }), ...(bases.filter && { bases: bases.filter }), ...(places?.filter && { priorities: places.filter }) });

/** In which class of a scale a value is; what states none is in the last. */
const classOf = ({ to }: Scale, v: unknown): number => (typeof v === 'number' ? to.filter((end) => end < v).length : to.length);

const numberOf = (row: Told, field: string): number | undefined => (typeof row[field] === 'number' ? row[field] : undefined);

const surgeryScale: Scale = { to: minutes, colours: ['reach-1', 'reach-2', 'reach-3', 'reach-4', 'reach-fail'] };

/** Of the cells: each with its minutes on either side, wherever it is then. */
const cellsOf = (at: number): Omit<Made, 'inputs'> => ({ measure: '', unit: 'min', layer: 'surface', is: (row) => classOf(surgeryScale, row.surgery_min) === at, value: (row) => numberOf(row, 'surgery_min'), both: { none: 'plan.noneComes' }, how: 'part' });

/** Of the bases: the roads on which each is first are all that is reached; what each reaches with another counts once in the number. */
function reachedBy(at: number): Omit<Made, 'inputs'> {
  const shared = (row: Told) => (numberOf(row, 'reach_km') ?? 0) - (numberOf(row, 'alone_km') ?? 0);
  const roads = at === 0 ? (row: Told) => numberOf(row, 'road_km') ?? 0 : shared;
  return { measure: '', unit: 'km', layer: 'areas', is: (row) => roads(row) > 0, value: roads, how: at === 0 ? 'sum' : 'shared' };
}

const answerLayers: Partial<Record<ComparedLayer, AnswerLayer>> = {
  surgery: {
    process: 'casevac-surface',
    parts: [{ id: 'surface', shade: 'surgery_min', scale: surgeryScale, labels: surgeryLabels, sum: 'share', made: cellsOf }],
    hangsOn: ['mission', 'bases_filter', 'modes', ...ofSurgery],
    inputs: (force) => ({ ...under(force, ofSurgery), ...(force.mission && { mission: force.mission }), ...(force.bases.filter && { bases_filter: force.bases.filter }), modes: ['air'], count: [], routes: 'none' }),
  },
  cover: {
    process: 'coverage',
    parts: [{ id: 'union', shade: 'bases', scale: { to: [1], colours: ['reach-3', 'reach-1'] }, labels: ({ say }) => [say('plan.cover.one'), say('plan.cover.two')], sum: { km: 'road_km' }, made: reachedBy }],
    hangsOn: ['mission', 'bases', ...ofReach],
    inputs: reachInputs,
  },
  gaps: {
    process: 'gaps',
    parts: [
      { id: 'roads', shade: 'km', scale: outOfReach, look: 'line', labels: ({ say }) => [say('plan.gaps.roads')], sum: { km: 'km' }, made: () => ({ measure: '', unit: 'km', layer: 'roads', is: () => true, value: (row) => numberOf(row, 'km'), how: 'sum' }) },
      { id: 'places', shade: 'people', scale: outOfReach, look: 'dot', labels: ({ say }) => [say('plan.gaps.places')], sum: 'number', made: () => ({ measure: '', unit: '{person}', layer: 'places', is: () => true, value: (row) => numberOf(row, 'people'), how: 'number' }) },
    ],
    hangsOn: ['mission', 'bases', 'priorities', ...ofReach],
    inputs: reachInputs,
  },
};

export interface LayerQuestion {
  process: string;
  inputs: Question;
  /** Absent: of what is. */
  scenario?: string;
}

/** Undefined: the layer asks nothing of its own. */
export function layerQuestion(layer: ComparedLayer, force: InForce, scenario: string | undefined): Question | undefined {
  const of = answerLayers[layer];
  return of && { process: of.process, inputs: of.inputs(force), ...(scenario && { scenario }) };
}

export const processOf = (layer: ComparedLayer | undefined): string | undefined => layer && answerLayers[layer]?.process;

/** An answer is read once, however many ask for its shapes. */
const read = new WeakMap<Outcome, Shapes[]>();

function shapesIn(outcome: Outcome, process: Process): Shapes[] {
  const shapes = read.get(outcome) ?? shapesOf(outcome, process);
  read.set(outcome, shapes);
  return shapes;
}

/** What a map draws of an answer, the lowest first. */
export const drawnIn = (layer: ComparedLayer, outcome: Outcome, process: Process): Drawn[] =>
  (answerLayers[layer]?.parts ?? []).flatMap(({ id, shade, scale }, at) => {
    const part = shapesIn(outcome, process).find((s) => s.id === id);
    return part ? [{ part, shade, scale, at }] : [];
  });

export interface KeyRow {
  id: string;
  colour: TokenName;
  look: 'area' | 'line' | 'dot';
  label: string;
  /** On either side, ready to read. */
  values: string[];
  /** The rows behind it. */
  made: Made;
}

/** One key for both sides: each class with what it comes to on either. */
export function keyRows(words: Words, layer: ComparedLayer, sides: [Drawn[], Drawn[]]): KeyRow[] {
  const of = answerLayers[layer];
  return (of?.parts ?? []).flatMap((part) => {
    const labels = part.labels(words);
    return part.scale.colours.map((colour, i) => ({
      id: classId(part.id, i), colour, look: part.look ?? ('area' as const), label: labels[i] ?? '', values: sides.map((side) => valueOf(words, part, side.find((d) => d.part.id === part.id)?.part, i)), made: { ...part.made(i), inputs: of?.hangsOn },
    }));
  });
}

const classId = (part: string, at: number) => `${part}-${at}`;

/** The class of the key in which a shape is. */
export function classIdOf(layer: ComparedLayer, part: string, properties: Told): string | undefined {
  const of = answerLayers[layer]?.parts.find((p) => p.id === part);
  return of && classId(part, classOf(of.scale, properties[of.shade]));
}

function valueOf({ count, km, say }: Words, { shade, scale, sum }: ComparedPart, part: Shapes | undefined, at: number): string {
  const features = part?.features ?? [];
  const mine = features.filter((f) => classOf(scale, f.properties?.[shade]) === at);
  if (sum === 'number') return count(mine.length);
  if (sum === 'share') return shareText(say, count, mine.length, features.length);
  return km(1000 * mine.reduce((n, f) => n + Number(f.properties?.[sum.km] ?? 0), 0));
}

/** What is there, and too little for a figure, is not nothing. */
function shareText(say: Words['say'], count: Words['count'], n: number, all: number): string {
  const share = all ? (100 * n) / all : 0;
  return say(share > 0 && share < 0.05 ? 'plan.shareLess' : 'plan.share', { n: count(Math.max(share, share > 0 ? 0.1 : 0), 1) });
}
