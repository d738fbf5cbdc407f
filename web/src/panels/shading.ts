// How a layer of an answer is coloured: by one of its fields, in classes that are printed with their counts.
// A number falls into five classes, a code into one of its list, and what differs from chance into hot and cold.
import type { Field } from '../api/shapes.ts';
import type { TokenName } from '../map/tokens.ts';
import { breaksOf, classOf, type Shapes } from './result.ts';

export interface ResultClass {
  /** A class of a code. */
  code?: string;
  /** A class of a number: from here to below there; the last one holds its end. */
  from?: number;
  to?: number;
  colour: TokenName;
  n: number;
}

export interface Shading {
  field: Field;
  /** Hot and cold stand in one row, from more than chance to fewer. */
  kind: 'numbers' | 'codes' | 'confidence';
  classes: ResultClass[];
  /** The class of a shape by its properties; undefined: it states none. */
  classAt(properties: Record<string, unknown>): number | undefined;
}

/** Classes that are fixed beforehand, as limits are. */
export interface Scale {
  /** Where each class but the last one ends, itself inside. */
  to: number[];
  /** One more than ends. What states no value is as what is beyond them all. */
  colours: TokenName[];
}

const ramp: TokenName[] = ['seq-1', 'seq-2', 'seq-3', 'seq-4', 'seq-5'];
const palette: TokenName[] = ['d-harm', 'd-found', 'd-hazard', 'd-corridor', 'reach-2', 'd-other'];
const hotAndCold: [code: string, colour: TokenName][] = [['hot_99', 'div-p3'], ['hot_95', 'div-p2'], ['hot_90', 'div-p1'], ['not_significant', 'div-0'], ['cold_90', 'div-n1'], ['cold_95', 'div-n2'], ['cold_99', 'div-n3']];
const nearAndFar: TokenName[] = ['reach-1', 'reach-2', 'reach-3', 'reach-4', 'reach-fail'];
export const shadingColours: TokenName[] = [...new Set([...ramp, ...nearAndFar, ...palette, ...hotAndCold.map(([, colour]) => colour)])];

const keys = new Set(['key', 'id', 'cell', 'lon', 'lat']);
const numeric = ({ type }: Field) => type === 'number' || type === 'integer';
const valuesOf = ({ features }: Shapes, name: string) => features.map((f) => f.properties?.[name] as unknown).filter((v) => v !== null && v !== undefined);
const numbersOf = (part: Shapes, name: string) => valuesOf(part, name).filter((v) => typeof v === 'number');

/** What a layer can be coloured by: codes, and numbers that differ from shape to shape. Keys and places tell nothing. */
export const shadedBy = (part: Shapes): Field[] =>
  part.fields.filter((f) => !keys.has(f.name) && (f.codes.length ? valuesOf(part, f.name).length > 0 : numeric(f) && new Set(numbersOf(part, f.name)).size > 1));

/** The first of its described fields is what a layer is about: a number that is one and the same shades nothing. */
export const firstShade = (part: Shapes): string | undefined => shadedBy(part).find((f) => f.name === part.fields.find((g) => !keys.has(g.name))?.name)?.name;

/** Gi_Bin tells by a number what the class tells by a code. */
const codeOf = (name: string, value: unknown): unknown => (name === 'gi_bin' && typeof value === 'number' ? hotAndCold[3 - value]?.[0] : value);

/** @param like the layer whose breaks and codes are to hold here too, so that two of them can be compared
 * @param scale the classes of a number, where they do not follow from what there is */
export function shadingOf(part: Shapes, name: string | undefined, like: Shapes = part, scale?: Scale): Shading | undefined {
  const field = part.fields.find((f) => f.name === name);
  if (!field) return undefined;
  if (scale) return scaledShading(part, field, scale);
  const coded = field.name === 'gi_bin' || field.codes.length > 0;
  return coded ? codedShading(part, field, like) : numberShading(part, field, breaksOf(numbersOf(like, field.name)));
}

const isHotAndCold = ({ name, codes }: Field) => name === 'gi_bin' || hotAndCold.every(([code]) => codes.includes(code));

function codedShading(part: Shapes, field: Field, like: Shapes): Shading {
  const codes = (of: Shapes) => valuesOf(of, field.name).map((v) => codeOf(field.name, v));
  const [found, present] = [codes(part), codes(like)];
  const count = (code: string) => found.filter((v) => v === code).length;
  const confidence = isHotAndCold(field);
  const known = confidence ? hotAndCold : patternColours([...new Set([...field.codes, ...present.filter((v) => typeof v === 'string')])].filter((code) => present.includes(code)));
  const classes = known.map(([code, colour]) => ({ code, colour, n: count(code) }));
  const classAt = (properties: Record<string, unknown>) => {
    const at = classes.findIndex(({ code }) => code === codeOf(field.name, properties[field.name]));
    return at < 0 ? undefined : at;
  };
  return { field, kind: confidence ? 'confidence' : 'codes', classes, classAt };
}

const poles: Record<'hot' | 'cold', TokenName[]> = { hot: ['div-p3', 'div-p2', 'div-p1'], cold: ['div-n3', 'div-n2', 'div-n1'] };

/** Codes that end in hot or cold take a side of their ramp; others take the palette in turn. */
function patternColours(codes: string[]): [string, TokenName][] {
  const taken = { hot: 0, cold: 0, palette: 0 };
  const next = (kind: keyof typeof taken, from: TokenName[]) => from[Math.min(taken[kind]++, from.length - 1)] ?? 'd-other';
  return codes.map((code) => {
    const pole = /(?:^|_)(hot|cold)(?:_|$)/.exec(code)?.[1] as 'hot' | 'cold' | undefined;
    if (pole) return [code, next(pole, poles[pole])];
    return [code, /^(?:none|noise)$/.test(code) ? 'div-0' : next('palette', palette)];
  });
}

/** Fewer classes than five stand at the dark end. */
function numberShading(part: Shapes, field: Field, breaks: number[]): Shading {
  const values = numbersOf(part, field.name);
  const at = (v: number) => Math.max(0, classOf(breaks, v) - 1);
  const classes = breaks.map((from, i) => ({ from, to: breaks[i + 1], colour: ramp[Math.min(4, i + 5 - breaks.length)] ?? 'seq-5', n: values.filter((v) => at(v) === i).length }));
  return { field, kind: 'numbers', classes, classAt: (properties) => (typeof properties[field.name] === 'number' ? at(properties[field.name] as number) : undefined) };
}

function scaledShading(part: Shapes, field: Field, { to, colours }: Scale): Shading {
  const at = (v: unknown) => (typeof v === 'number' ? to.filter((end) => end < v).length : to.length);
  const found = part.features.map((f) => at(f.properties?.[field.name]));
  const classes = colours.map((colour, i) => ({ from: to[i - 1] ?? 0, to: to[i], colour, n: found.filter((c) => c === i).length }));
  return { field, kind: 'numbers', classes, classAt: (properties) => at(properties[field.name]) };
}
