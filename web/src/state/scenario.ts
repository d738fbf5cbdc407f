// The scenario that is drawn up on this page: changes on what is, and the weights of the factors. Kept in the link as s=.
import type { Place } from '../geo/geodesic.ts';
import { decoded, decodedInputs } from './decoded.ts';
import { rounded } from './drawn.ts';

export const acts = ['close', 'open', 'move', 'merge', 'change', 'move_asset', 'add_asset', 'change_asset', 'open_route', 'close_route', 'clear_hazard'] as const;
export type Act = (typeof acts)[number];

/** One act, as the server takes it. Keys below 0 name what an earlier change adds: -2 is what change 2 adds. */
export interface Change {
  act: Act;
  target?: number;
  name?: string;
  into?: number;
  to?: { type: 'Point'; coordinates: Place };
  collection?: string;
  fields?: Record<string, unknown>;
  /** The day from which it holds. */
  on?: string;
  note?: string;
}

export const factors = ['priority', 'threat', 'support', 'medical', 'operational'] as const;
export type Factor = (typeof factors)[number];
export type Weights = Record<Factor, number>;

/** What the two maps show beside each other, on the base line and in the scenario: their bases alone, or with a layer beneath. */
export const comparedLayers = ['surgery', 'cover', 'gaps', 'shifts', 'bases'] as const;
export type ComparedLayer = (typeof comparedLayers)[number];

export interface Scenario {
  /** Of the kept scenario that it is, or began as. */
  id?: string;
  /** What is new in it is not kept yet; absent: it is as it is kept. */
  changes?: Change[];
  title?: string;
  /** As of which it is looked at; absent: after all its changes. */
  day?: string;
  /** Absent: all alike. */
  weights?: Weights;
  /** Absent: one map, that of the scenario. */
  compared?: ComparedLayer;
  /** Other inputs of the evaluation, as they were typed: reaction time, patrol radius, season. Absent: as usual. */
  inputs?: Record<string, unknown>;
  /** Where the line between the two maps stands, in hundredths. Absent: in the middle. */
  swipe?: number;
  /** What the difference is told by. Absent: a table. */
  told?: 'map';
}

export const noScenario: Scenario = {};
export const evenWeights: Weights = { priority: 20, threat: 20, support: 20, medical: 20, operational: 20 };

const enc = (text: string) => encodeURIComponent(text).replaceAll('~', '%7E');

export function formatScenario({ id, changes, title, day, weights, compared, inputs, swipe, told }: Scenario): string | undefined {
  const parts: [string, string | undefined][] = [
    ['i', id && enc(id)],
    ['c', changes && enc(JSON.stringify(changes))],
    ['t', title && enc(title)],
    ['d', day],
    ['w', weights && factors.map((f) => weights[f]).join(',')],
    ['x', compared],
    ['p', inputs && Object.keys(inputs).length ? enc(JSON.stringify(inputs)) : undefined],
    ['l', swipe === undefined ? undefined : String(swipe)],
    ['m', told],
  ];
  return parts.filter(([, value]) => value).map(([name, value]) => `${name}:${value}`).join('~') || undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const whole = (value: unknown) => value === undefined || Number.isInteger(value);
const worded = (value: unknown) => value === undefined || typeof value === 'string';
const isPoint = (value: unknown) => value === undefined || (isRecord(value) && value.type === 'Point' && Array.isArray(value.coordinates) && value.coordinates.length >= 2 && value.coordinates.every(Number.isFinite));

/** Whether the page can show it; the rest the server checks. */
export const isChange = (value: unknown): value is Change =>
  isRecord(value) && acts.some((a) => a === value.act) && whole(value.target) && whole(value.into) && [value.name, value.collection, value.on, value.note].every(worded) && isPoint(value.to) && (value.fields === undefined || isRecord(value.fields));

function parseChanges(text: string | undefined): Change[] | undefined {
  if (!text) return undefined;
  try {
    const list: unknown = JSON.parse(decoded(text));
    return Array.isArray(list) && list.every(isChange) ? list : undefined;
  } catch {
    return undefined;
  }
}

function parseWeights(text = ''): Weights | undefined {
  const numbers = text.split(',').map(Number);
  if (numbers.length !== factors.length || !text || !numbers.every((n) => n >= 0 && n <= 100)) return undefined;
  return Object.fromEntries(factors.map((f, i) => [f, numbers[i] ?? 0])) as Weights;
}

function parseSwipe(text: string | undefined): number | undefined {
  const at = Number(text);
  return text && at >= 0 && at <= 100 ? at : undefined;
}

/** What cannot be read is left out. */
export function parseScenario(text = ''): Scenario {
  const parts = new Map(text.split('~').map((part) => [part.slice(0, 2), part.slice(2)]));
  const day = parts.get('d:') ?? '';
  const read: Scenario = {
    id: decoded(parts.get('i:') ?? '') || undefined,
    changes: parseChanges(parts.get('c:')),
    title: decoded(parts.get('t:') ?? '') || undefined,
    day: /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : undefined,
    weights: parseWeights(parts.get('w:')),
    compared: comparedLayers.find((l) => l === parts.get('x:')),
    inputs: decodedInputs(parts.get('p:')),
    swipe: parseSwipe(parts.get('l:')),
    told: parts.get('m:') === 'map' ? 'map' : undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** The changes that go on, numbered anew: what they name of those that go is gone with them. */
function only(changes: Change[], stays: (c: Change, i: number) => boolean): Change[] {
  const numbers = new Map<number, number>();
  const out: Change[] = [];
  changes.forEach((c, i) => {
    const named = [c.target, c.into].filter((k): k is number => k !== undefined && k < 0);
    if (!stays(c, i) || named.some((k) => !numbers.has(-k))) return;
    const anew = (k: number | undefined) => (k !== undefined && k < 0 ? -(numbers.get(-k) ?? 0) : k);
    numbers.set(i + 1, out.length + 1);
    out.push(named.length ? { ...c, ...(c.target !== undefined && { target: anew(c.target) }), ...(c.into !== undefined && { into: anew(c.into) }) } : c);
  });
  return out;
}

/** Whether a change has happened by a day. */
export const holds = ({ on }: Change, day: string | undefined): boolean => on === undefined || day === undefined || on.slice(0, 10) <= day;

/** The changes that have happened by a day. */
export const upTo = (changes: Change[], day: string | undefined): Change[] => (day ? only(changes, (c) => holds(c, day)) : changes);

export const withoutChange = (changes: Change[], number: number): Change[] => only(changes, (_, i) => i !== number);

const ends = (act: Act) => act === 'close' || act === 'merge';
const ofBase = (act: Act) => ends(act) || act === 'open' || act === 'move' || act === 'change';

/** The key of what the first change adds, if it does; that of change n is n - 1 more. */
const firstNew = 2 ** 52;

/** How a change names a base: what an earlier change adds by the number of that change. */
export const refOf = (key: number): number => (key >= firstNew ? firstNew - key - 1 : key);

/** The key of what a change names. */
export const keyOf = (ref: number | undefined): number | undefined => (ref !== undefined && ref < 0 ? firstNew - ref - 1 : ref);

export interface BaseRef {
  key: number;
  name: string;
}

const without = (changes: Change[], { key }: BaseRef, which: (act: Act) => boolean) => only(changes, (c) => !(keyOf(c.target) === key && which(c.act)));

/** A base as it is: nothing that was to become of it does. */
export const kept = (changes: Change[], base: BaseRef): Change[] => without(changes, base, ofBase);

/** One end in place of another. Numbers that it names follow where an earlier end goes. */
const ended = (changes: Change[], { key }: BaseRef, end: Change): Change[] => only([...changes, end], (c, i) => i === changes.length || !(keyOf(c.target) === key && ends(c.act)));

export const closed = (changes: Change[], base: BaseRef): Change[] => ended(changes, base, { act: 'close', target: refOf(base.key), name: base.name });

export const merged = (changes: Change[], base: BaseRef, into: number): Change[] => ended(changes, base, { act: 'merge', target: refOf(base.key), name: base.name, into: refOf(into) });

const pointAt = (at: Place) => ({ type: 'Point' as const, coordinates: rounded(at) });

/** The move of a base stands where it stood, for what comes after it may name it. */
export function moved(changes: Change[], base: BaseRef, to: Place): Change[] {
  const at = changes.findIndex((c) => c.act === 'move' && c.target === base.key);
  const move: Change = { ...changes[at], act: 'move', target: base.key, name: base.name, to: pointAt(to) };
  return at < 0 ? [...changes, move] : changes.map((c, i) => (i === at ? move : c));
}

/** Fields of a base; undefined: as it is. */
export function changed(changes: Change[], base: BaseRef, fields: Record<string, unknown>): Change[] {
  const at = changes.findIndex((c) => c.act === 'change' && c.target === base.key);
  const all = Object.fromEntries(Object.entries({ ...changes[at]?.fields, ...fields }).filter(([, v]) => v !== undefined));
  if (!Object.keys(all).length) return at < 0 ? changes : withoutChange(changes, at);
  const change: Change = { ...changes[at], act: 'change', target: base.key, name: base.name, fields: all };
  return at < 0 ? [...changes, change] : changes.map((c, i) => (i === at ? change : c));
}

export const opened = (changes: Change[], at: Place, fields: Record<string, unknown>): Change[] => [...changes, { act: 'open', to: pointAt(at), fields }];

/** A base that is planned, or was closed, opens where it stands. */
export const reopened = (changes: Change[], base: BaseRef): Change[] => [...changes, { act: 'open', target: base.key, name: base.name }];

/** Where among the changes a base is opened: a new one, or one that was not open. Undefined: it is not. */
export function openingOf(changes: Change[], key: number): number | undefined {
  const at = key >= firstNew ? key - firstNew : changes.findLastIndex((c) => c.act === 'open' && c.target === key);
  return changes[at]?.act === 'open' ? at : undefined;
}

/** A base opens elsewhere, or otherwise: it is the opening that changes. A field that is undefined is left to the record, or is not stated. */
export function reopenedAs(changes: Change[], opening: number, { at, fields }: { at?: Place; fields?: Record<string, unknown> }): Change[] {
  const all = (old: Record<string, unknown> | undefined) => Object.fromEntries(Object.entries({ ...old, ...fields }).filter(([, v]) => v !== undefined));
  return changes.map((c, i) => (i === opening ? { ...c, ...(at && { to: pointAt(at) }), ...((c.fields || fields) && { fields: all(c.fields) }) } : c));
}

/** From another day on; undefined: from the start. */
export const dated = (changes: Change[], number: number, day: string | undefined): Change[] =>
  changes.map((c, i) => {
    if (i !== number) return c;
    const { on: _, ...rest } = c;
    return day === undefined ? rest : { ...rest, on: day };
  });

/** A road or a hazard: what is done to it, or undefined for nothing. */
export function withAct(changes: Change[], act: 'open_route' | 'close_route' | 'clear_hazard' | undefined, of: BaseRef, collection: string): Change[] {
  const rest = only(changes, (c) => !(c.target === of.key && isOf(c, collection)));
  return act ? [...rest, { act, target: of.key, name: of.name, ...(act !== 'clear_hazard' && { collection }) }] : rest;
}

const isOf = ({ act, collection }: Change, of: string) => (act === 'clear_hazard' ? of === 'hazards' : (act === 'open_route' || act === 'close_route') && (collection ?? 'routes') === of);

export const actOn = (changes: Change[], key: number, collection: string): Change | undefined => changes.find((c) => c.target === key && isOf(c, collection));

/** What becomes of a base. */
export interface Fate {
  end?: Change;
  move?: Change;
  change?: Change;
}

export function fateOf(changes: Change[], key: number): Fate {
  const mine = changes.filter((c) => keyOf(c.target) === key);
  return { end: mine.findLast((c) => ends(c.act)), move: mine.findLast((c) => c.act === 'move'), change: mine.findLast((c) => c.act === 'change') };
}

export const daysOf = (changes: Change[]): string[] => [...new Set(changes.flatMap(({ on }) => (on === undefined ? [] : [on.slice(0, 10)])))].sort();
