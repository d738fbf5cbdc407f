// The permalink: a view as text after '#', and back. Two pure functions; what cannot be read is left out, never thrown.
import { decoded } from './decoded.ts';
import { formatFilters, parseFilters, type Filters } from './filters.ts';
import { parseMoment, parseRange, type TimeRange } from './time.ts';
import { formatDrawn, nothingDrawn, parseDrawn, type Drawn } from './drawn.ts';
import { emptyPlan, formatPlan, parsePlan, type Plan } from './plan.ts';
import { formatMedical, noMedical, parseMedical, type Medical } from './medical.ts';
import { formatScenario, noScenario, parseScenario, type Scenario } from './scenario.ts';
import { formatSiting, parseSiting, type Siting } from './siting.ts';
import { formatSpace, parseSpace, type Space } from './space.ts';

export interface MapPosition {
  zoom: number;
  lat: number;
  lng: number;
}

/** A picked footprint: keys of bases, and one radius for all (absent: each base's own). */
export interface Pick {
  bases: number[];
  radiusMetres?: number;
}

export type Workspace = 'plan' | 'routes' | 'medical';

export interface ViewState {
  position?: MapPosition;
  /** Mission code; '' is all missions; absent is not chosen yet. */
  mission?: string;
  /** Layers that are shown; absent is each layer's own default. */
  layers?: string[];
  filters: Filters;
  /** Absent is everywhere. */
  space?: Space;
  /** Absent is all time. */
  time?: TimeRange;
  /** Whether the charts are open. */
  charts?: boolean;
  /** The collection of the open table. */
  table?: string;
  /** The selected record. */
  selected?: { collection: string; key: number };
  footprint: Pick;
  drawn: Drawn;
  /** What is asked of the roads. */
  plan: Plan;
  /** The chosen one of several ways, by its letter or number; absent: the fastest. */
  way?: string;
  /** The footprint that is drawn up. */
  scenario: Scenario;
  /** What is asked of the chain of care. */
  medical: Medical;
  /** What is sought among the footprints; absent: nothing. */
  siting?: Siting;
  /** The workspace that is open; absent is the map with its layers. */
  workspace?: Workspace;
  /** A moment of the past, as 2026-11-20T14:00:00Z: the page shows the records as they stood then. Absent: as they stand. */
  asof?: string;
}

export const emptyView: ViewState = { filters: {}, footprint: { bases: [] }, drawn: nothingDrawn, plan: emptyPlan, scenario: noScenario, medical: noMedical };

const enc = encodeURIComponent;

// Taken for later: v (saved view).
export function formatView(view: ViewState): string {
  const parts: [string, string | undefined][] = [
    ['m', view.position && formatPosition(view.position)],
    ['ms', view.mission === undefined ? undefined : view.mission === '' ? '*' : enc(view.mission)],
    ['l', view.layers && (view.layers.map(enc).join(',') || '-')],
    ['f', formatFilters(view.filters)],
    ['w', formatSpace(view.space)],
    ['t', view.time && `${view.time.from}/${view.time.to}`],
    ['tb', view.table && enc(view.table)],
    ['ch', view.charts ? '1' : undefined],
    ['at', view.selected && `${enc(view.selected.collection)}/${view.selected.key}`],
    ['fp', formatPick(view.footprint)],
    ['d', formatDrawn(view.drawn)],
    ['ws', view.workspace],
    ['rt', formatPlan(view.plan)],
    ['wy', view.way && enc(view.way)],
    ['s', formatScenario(view.scenario)],
    ['md', formatMedical(view.medical)],
    ['fb', formatSiting(view.siting)],
    ['as', view.asof],
  ];
  return parts.filter(([, value]) => value).map(([name, value]) => `${name}=${value}`).join('&');
}

export function parseView(hash: string): ViewState {
  const raw = new Map(hash.replace(/^#/, '').split('&').map((part) => splitOnce(part, '=')));
  const view: ViewState = { filters: parseFilters(raw.get('f')), footprint: parsePick(raw.get('fp')), drawn: parseDrawn(raw.get('d')), plan: parsePlan(raw.get('rt')), scenario: parseScenario(raw.get('s')), medical: parseMedical(raw.get('md')) };
  const position = parsePosition(raw.get('m'));
  const selected = parseSelected(raw.get('at'));
  const [mission, layers, table] = [raw.get('ms'), raw.get('l'), raw.get('tb')];
  if (position) view.position = position;
  if (selected) view.selected = selected;
  if (mission) view.mission = mission === '*' ? '' : decoded(mission);
  const shown = layers?.split(',').map(decoded).filter(Boolean) ?? [];
  if (layers === '-') view.layers = [];
  else if (shown.length) view.layers = shown;
  if (table) view.table = decoded(table);
  const space = parseSpace(raw.get('w'));
  if (space) view.space = space;
  const time = parseRange(raw.get('t'));
  if (time) view.time = time;
  if (raw.get('ch') === '1') view.charts = true;
  const workspace = raw.get('ws');
  if (workspace === 'routes' || workspace === 'plan' || workspace === 'medical') view.workspace = workspace;
  const way = raw.get('wy');
  if (way && /^[A-Z0-9]{1,3}$/.test(way)) view.way = way;
  const siting = parseSiting(raw.get('fb'));
  if (siting) view.siting = siting;
  const asof = parseMoment(raw.get('as'));
  if (asof) view.asof = asof;
  return view;
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function formatPosition({ zoom, lat, lng }: MapPosition): string {
  return `${+zoom.toFixed(2)}/${lat.toFixed(4)}/${lng.toFixed(4)}`;
}

function parsePosition(text = ''): MapPosition | undefined {
  const [zoom, lat, lng, ...rest] = text.split('/').map(Number);
  const whole = zoom !== undefined && lat !== undefined && lng !== undefined && rest.length === 0 && text !== '';
  if (!whole || ![zoom, lat, lng].every(Number.isFinite)) return undefined;
  const fits = zoom >= 0 && zoom <= 24 && Math.abs(lat) <= 90 && Math.abs(lng) <= 180;
  return fits ? { zoom, lat, lng } : undefined;
}

function parseSelected(text = ''): ViewState['selected'] {
  const [collection, key] = splitOnce(text, '/');
  return collection && /^\d+$/.test(key) ? { collection: decoded(collection), key: Number(key) } : undefined;
}

function formatPick({ bases, radiusMetres }: Pick): string | undefined {
  if (!bases.length && radiusMetres === undefined) return undefined;
  return bases.join('.') + (radiusMetres === undefined ? '' : `@${radiusMetres}`);
}

function parsePick(text = ''): Pick {
  const [keys, radius] = splitOnce(text, '@');
  const bases = keys.split('.').filter((k) => /^\d+$/.test(k)).map(Number);
  const metres = Number(radius);
  return radius && metres > 0 && Number.isFinite(metres) ? { bases, radiusMetres: metres } : { bases };
}
