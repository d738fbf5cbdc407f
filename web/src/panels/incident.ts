// An incident in words: what it was and on which road, and how its place, time and source are known.
import type { MessageId } from '../i18n/languages.ts';
import type { Words } from '../i18n/words.ts';
import { textOf } from '../map/layers/layer.ts';

type Properties = Record<string, unknown>;

/** Categories that have a device, whose outcome says more than its name. */
const devices = new Set(['ied', 'mine', 'erw']);
const outcomes = new Set(['detonated', 'found', 'disarmed', 'premature', 'hoax']);

export function whatOf(properties: Properties, { say, code }: Words): string {
  const [category, outcome, route] = [textOf(properties.category), textOf(properties.outcome), textOf(properties.route)];
  const told = outcomes.has(outcome) && (devices.has(category) || !category);
  const what = told ? say(`incident.${outcome}` as MessageId) : category ? code('category', category) : say('incident.unknown');
  return route ? say('incident.on', { what, route }) : what;
}

const winds = ['north', 'northeast', 'east', 'southeast', 'south', 'southwest', 'west', 'northwest'] as const;

/** The eighth of the compass that a bearing falls in. */
export const windOf = (bearing: number): (typeof winds)[number] => winds[Math.round((((bearing % 360) + 360) % 360) / 45) % 8] ?? 'north';

/** Placed no better than to a district: the point stands for an area. */
export const isCoarse = (properties: Properties): boolean => Number(properties.place_precision) >= 3;

/** "16 km west of Hombori", seen from the place. */
export function whereOf(properties: Properties, place: { name: string; metres: number; bearing: number }, { say, km }: Words): string {
  if (isCoarse(properties)) return say('incident.near', { place: place.name });
  if (place.metres < 1000) return say('incident.at', { place: place.name });
  return say(`incident.${windOf(place.bearing)}`, { km: km(place.metres), place: place.name });
}

/** "Day; within 25 km". */
export function precisionOf(properties: Properties, { say, code }: Words): string {
  const [time, place] = [textOf(properties.time_precision), textOf(properties.place_precision)];
  const [when, where] = [time && code('time_precision', time), /^[1-7]$/.test(place) ? say(`place.precision.${place}` as MessageId) : ''];
  return when && where ? say('precision.both', { when, where }) : when || where;
}

/** NATO's grading of sources, in letters and in words: B2, usually reliable, probably true. */
export function gradeOf(properties: Properties, { say }: Words): { letters: string; words: string } | undefined {
  const [source, fact] = [textOf(properties.reliability), textOf(properties.credibility)];
  const known = [/^[A-F]$/.test(source) ? source : '', /^[1-6]$/.test(fact) ? fact : ''].filter(Boolean);
  const [a = '', b] = known.map((g) => say(`grade.${g}` as MessageId));
  return known.length ? { letters: known.join(''), words: b ? say('grade.both', { source: a, fact: b }) : a } : undefined;
}

export const isSynthetic = ({ confidence, source }: Properties): boolean => confidence === 'synthetic' || textOf(source).startsWith('synthetic');
