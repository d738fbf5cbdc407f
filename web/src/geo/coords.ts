// Reads and writes a place as decimal degrees, degrees-minutes-seconds, MGRS or UTM. Longitude comes before latitude in code,
// latitude before longitude in what people read.
import { forward, toPoint } from 'mgrs';
import { fromUtm, toUtm } from './utm.ts';

export type CoordFormat = 'mgrs' | 'dd' | 'dms' | 'utm';
export const coordFormats: CoordFormat[] = ['mgrs', 'dd', 'dms', 'utm'];

/** What is wrong with a typed coordinate: a message id with its values, for the reader's language. */
export interface CoordProblem {
  problem: 'latitude' | 'longitude' | 'square' | 'zone' | 'minutes';
  value: string;
}
export type Parsed = { lon: number; lat: number } | CoordProblem | undefined;

export function isPlace(p: Parsed): p is { lon: number; lat: number } {
  return p !== undefined && 'lon' in p;
}

export function formatCoord(lon: number, lat: number, format: CoordFormat): string {
  if (format === 'dd') return `${decimal(lat, 'N', 'S')}, ${decimal(lon, 'E', 'W')}`;
  if (format === 'dms') return `${sexagesimal(lat, 'N', 'S')} ${sexagesimal(lon, 'E', 'W')}`;
  const text = format === 'utm' ? utmText(lon, lat) : mgrsText(lon, lat);
  return text ?? formatCoord(lon, lat, 'dd');
}

const decimal = (v: number, plus: string, minus: string) => `${Math.abs(v).toFixed(4)}° ${v < 0 ? minus : plus}`;

function sexagesimal(v: number, plus: string, minus: string): string {
  const tenths = Math.round(Math.abs(v) * 36000);
  const [degrees, minutes, seconds] = [Math.floor(tenths / 36000), Math.floor(tenths / 600) % 60, (tenths % 600) / 10];
  return `${degrees}°${String(minutes).padStart(2, '0')}′${seconds.toFixed(1).padStart(4, '0')}″ ${v < 0 ? minus : plus}`;
}

/** Spaced for reading: zone and square, easting, northing. */
function mgrsText(lon: number, lat: number): string | undefined {
  if (lat > 84 || lat < -80) return undefined;
  const text = forward([lon, lat], 5);
  return `${text.slice(0, -10)} ${text.slice(-10, -5)} ${text.slice(-5)}`;
}

function utmText(lon: number, lat: number): string | undefined {
  const utm = toUtm(lon, lat);
  return utm && `${utm.zone}${bandOf(lat)} ${utm.easting.toFixed(0)} ${utm.northing.toFixed(0)}`;
}

const bands = 'CDEFGHJKLMNPQRSTUVWX';
const bandOf = (lat: number) => bands[Math.min(19, Math.floor((lat + 80) / 8))] ?? 'X';

/** Undefined when the text is no coordinate at all (then it is a name). */
export function parseCoord(text: string): Parsed {
  const clean = text.trim().toUpperCase().replace(/[−–]/g, '-');
  return parseUtm(clean) ?? parseMgrs(clean) ?? parseDegrees(clean);
}

function parseUtm(text: string): Parsed {
  const m = /^(\d{1,2})\s*([C-HJ-NP-X])[\s,]+(\d{6}(?:\.\d+)?)\s*M?E?[\s,]+(\d{1,8}(?:\.\d+)?)\s*M?N?$/.exec(text);
  if (!m) return undefined;
  const zone = Number(m[1]);
  if (zone < 1 || zone > 60) return { problem: 'zone', value: String(m[1]) };
  const [lon, lat] = fromUtm({ zone, north: (m[2] ?? 'N') >= 'N', easting: Number(m[3]), northing: Number(m[4]) });
  return inRange(lon, lat);
}

function parseMgrs(text: string): Parsed {
  const tight = text.replace(/\s+/g, '');
  const m = /^(\d{1,2})([A-Z])([A-Z]{2})(\d*)$/.exec(tight);
  if (!m || (m[4] ?? '').length > 10 || (m[4] ?? '').length % 2) return undefined;
  if (Number(m[1]) < 1 || Number(m[1]) > 60) return { problem: 'zone', value: m[1] ?? '' };
  if (!/[A-HJ-NP-Z][A-HJ-NP-V]/.test(m[3] ?? '') || !bands.includes(m[2] ?? '')) return { problem: 'square', value: m[3] ?? '' };
  try {
    const [lon, lat] = toPoint(tight);
    return Number.isFinite(lon) && Number.isFinite(lat) ? { lon, lat } : { problem: 'square', value: m[3] ?? '' };
  } catch {
    return { problem: 'square', value: m[3] ?? '' };
  }
}

interface Angle {
  value: number;
  side: string;
  minutes: number;
}

const anglePattern = /([NSEW])?\s*(-?\d+(?:\.\d+)?)\s*(?:[°D]\s*(?:(\d+(?:\.\d+)?)\s*['′’]\s*)?(?:(\d+(?:\.\d+)?)\s*(?:["″”]|'')\s*)?)?([NSEW])?/g;

function parseDegrees(text: string): Parsed {
  if (!/^[-\d.,;\s°'′’"″”NSEWD]+$/.test(text) || !/\d/.test(text)) return undefined;
  const angles = [...text.replace(/[,;]/g, ' ').matchAll(anglePattern)].map(angleOf);
  const [first, second] = angles;
  if (!first || !second || angles.length !== 2) return undefined;
  if (first.minutes >= 60 || second.minutes >= 60) return { problem: 'minutes', value: String(Math.max(first.minutes, second.minutes)) };
  const turned = 'EW'.includes(first.side || '?') || 'NS'.includes(second.side || '?');
  return turned ? inRange(first.value, second.value) : inRange(second.value, first.value);
}

function angleOf(m: RegExpMatchArray): Angle {
  const side = m[1] ?? m[5] ?? '';
  const [minutes, seconds] = [Number(m[3] ?? 0), Number(m[4] ?? 0)];
  const size = Math.abs(Number(m[2])) + minutes / 60 + seconds / 3600;
  const negative = (m[2] ?? '').startsWith('-') || side === 'S' || side === 'W';
  return { value: negative ? -size : size, side, minutes: Math.max(minutes, seconds) };
}

function inRange(lon: number, lat: number): Parsed {
  if (Math.abs(lat) > 90) return { problem: 'latitude', value: String(lat) };
  if (Math.abs(lon) > 180) return { problem: 'longitude', value: String(lon) };
  return { lon, lat };
}
