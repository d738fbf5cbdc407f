// What is asked of the roads: between which places, under which conditions, from where one gets how far. Kept in the link as rt=.
import type { Place } from '../geo/geodesic.ts';
import { decoded } from './decoded.ts';
import { formatPlaces, parsePlaces, rounded } from './drawn.ts';

export interface Stop {
  at: Place;
  /** Of the record that it was taken from. */
  name?: string;
}

/** A way between places, how far one gets, and where it is dangerous. */
export type RoadMode = 'way' | 'reach' | 'threat';
export const roadModes: RoadMode[] = ['way', 'reach', 'threat'];

/** A month from 1 to 12, or dry or wet on all roads. */
export type Season = number | 'dry' | 'wet';

export interface Plan {
  mode: RoadMode;
  from?: Stop;
  to?: Stop;
  via: Stop[];
  /** Where one sets out in every direction. */
  origins: Stop[];
  /** The id of a vehicle profile; absent: the server's own choice. */
  profile?: string;
  /** Absent: the month in which the time of the page ends. */
  season?: Season;
  /** Corners of areas whose roads are not used. */
  avoid: Place[][];
  /** Roads that meet hazards are not used. */
  hazards?: boolean;
  /** Minutes of the areas that are reached; absent: the server's own. */
  minutes?: number[];
  /** Whether one comes to the origins, in place of setting out there. */
  towards?: boolean;
  /** How fast one goes on foot off the roads; absent: not at all. */
  walkKmh?: number;
}

export const emptyPlan: Plan = { mode: 'way', via: [], origins: [], avoid: [] };

const enc = encodeURIComponent;
/** Between stops and between areas. */
const next = '!';

const stopText = ({ at, name }: Stop) => `${rounded(at).join(',')}${name ? `,${enc(name).replaceAll(next, '%21').replaceAll('~', '%7E')}` : ''}`;
const list = <T>(items: T[], text: (item: T) => string) => (items.length ? items.map(text).join(next) : undefined);

export function formatPlan(plan: Plan): string | undefined {
  const parts: [string, string | undefined][] = [
    ['k', plan.mode === 'way' ? undefined : plan.mode],
    ['f', plan.from && stopText(plan.from)],
    ['t', plan.to && stopText(plan.to)],
    ['v', list(plan.via, stopText)],
    ['o', list(plan.origins, stopText)],
    ['p', plan.profile && enc(plan.profile).replaceAll('~', '%7E')],
    ['s', plan.season === undefined ? undefined : String(plan.season)],
    ['a', list(plan.avoid, formatPlaces)],
    ['h', plan.hazards ? '1' : undefined],
    ['m', plan.minutes?.join(',')],
    ['i', plan.towards ? '1' : undefined],
    ['w', plan.walkKmh === undefined ? undefined : String(plan.walkKmh)],
  ];
  return parts.filter(([, value]) => value).map(([name, value]) => `${name}:${value}`).join('~') || undefined;
}

function parseStop(text: string): Stop[] {
  const [lon, lat, name] = text.split(',');
  const [at] = parsePlaces(`${lon},${lat}`);
  if (!at) return [];
  const known = name && decoded(name);
  return [known ? { at, name: known } : { at }];
}

const listed = (text: string | undefined) => (text ? text.split(next) : []);
const above = (text: string | undefined) => (Number(text) > 0 && Number.isFinite(Number(text)) ? Number(text) : undefined);

function parseSeason(text: string | undefined): Season | undefined {
  if (text === 'dry' || text === 'wet') return text;
  const month = Number(text);
  return text && Number.isInteger(month) && month >= 1 && month <= 12 ? month : undefined;
}

function parseMinutes(text: string | undefined): number[] | undefined {
  const minutes = text ? text.split(',').map(Number) : [];
  return minutes.length && minutes.every((m) => m > 0 && Number.isFinite(m)) ? minutes : undefined;
}

/** What is absent is left out, so that a plan that came back is the same as before. */
const present = (plan: Plan): Plan => Object.fromEntries(Object.entries(plan).filter(([, value]) => value !== undefined)) as unknown as Plan;

/** What cannot be read is left out. */
export function parsePlan(text = ''): Plan {
  const parts = new Map(text.split('~').map((part) => [part.slice(0, 2), part.slice(2)]));
  const areas = listed(parts.get('a:')).map(parsePlaces).filter((ring) => ring.length >= 3);
  const profile = decoded(parts.get('p:') ?? '');
  return present({
    mode: roadModes.find((m) => m === parts.get('k:')) ?? 'way',
    from: parseStop(parts.get('f:') ?? '')[0],
    to: parseStop(parts.get('t:') ?? '')[0],
    via: listed(parts.get('v:')).flatMap(parseStop),
    origins: listed(parts.get('o:')).flatMap(parseStop),
    profile: profile || undefined,
    season: parseSeason(parts.get('s:')),
    avoid: areas,
    hazards: parts.get('h:') === '1' || undefined,
    minutes: parseMinutes(parts.get('m:')),
    towards: parts.get('i:') === '1' || undefined,
    walkKmh: above(parts.get('w:')),
  });
}

/** The way back. */
export const reversed = (plan: Plan): Plan => ({ ...plan, from: plan.to, to: plan.from, via: [...plan.via].reverse() });

/** A place that was touched on the map: the first that is still missing. Undefined: none is. */
export function withNext(plan: Plan, stop: Stop): Plan | undefined {
  if (plan.mode === 'reach') return { ...plan, origins: [...plan.origins, stop] };
  if (plan.mode === 'threat') return undefined;
  if (!plan.from) return { ...plan, from: stop };
  return plan.to ? undefined : { ...plan, to: stop };
}
