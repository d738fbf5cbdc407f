// The answers of the API as this page reads them, each with the decoder that checks it.
import type { Geometry } from 'geojson';
import { anything, list, map, number, object, optional, or, record, text, type Decoder } from './decode.ts';
import { warning } from './warning.ts';

const link = object({ rel: or(text, ''), href: text, type: or(text, ''), title: or(text, '') });
export type Link = ReturnType<typeof link>;

export const landing = object({
  title: or(text, 'Bivouac'),
  description: or(text, ''),
  version: or(number, 0),
  attribution: or(list(text), []),
  classification: or(text, 'unclassified'),
  loaded: or(text, ''),
});
export type Landing = ReturnType<typeof landing>;

export type GeometryKind = 'point' | 'line' | 'polygon' | 'any' | 'none';

const extent = object({ spatial: optional(object({ bbox: list(list(number)) })) });

const collection = object({
  id: text,
  title: or(text, ''),
  description: or(text, ''),
  itemCount: or(number, 0),
  geometryType: or(text as Decoder<GeometryKind>, 'any'),
  extent: optional(extent),
  links: or(list(link), []),
});
export type Collection = ReturnType<typeof collection>;
export const collections = object({ collections: list(collection) });

const fieldShape = object({
  type: optional(anything),
  format: optional(text),
  title: optional(text),
  description: optional(text),
  enum: optional(list(anything)),
  'x-codes': optional(list(anything)),
  'x-unit': optional(text),
  'x-ogc-role': optional(text),
  'x-ogc-propertySeq': optional(number),
  'x-collection': optional(text),
  'x-role': optional(text),
  readOnly: optional(anything),
  default: optional(anything),
  minimum: optional(number),
  maximum: optional(number),
  items: optional(record),
});

export interface Field {
  name: string;
  type: string;
  format?: string;
  title: string;
  description: string;
  codes: string[];
  unit?: string;
  role?: string;
  geometry: boolean;
  /** A code outside the list is refused; else the list is only what is usual. */
  closed?: boolean;
  required?: boolean;
  /** What the field is to the server: classification, mission, source-id. */
  use?: string;
  /** The server fills it. */
  readOnly?: boolean;
  minimum?: number;
  maximum?: number;
}

/** UCUM, without what only says the thing counted: "{person}" is no unit, money is. */
const unitOf = (ucum: string | undefined) => ucum?.replace(/\{(?!USD\})[^}]*\}|[[\]]/g, '') || undefined;

function fieldOf(name: string, raw: ReturnType<typeof fieldShape>, required: boolean): Field {
  const types = (Array.isArray(raw.type) ? raw.type : [raw.type]).filter((t) => typeof t === 'string' && t !== 'null');
  const role = raw['x-ogc-role'];
  return {
    name,
    type: String(types[0] ?? 'string'),
    format: raw.format,
    title: raw.title ?? '',
    description: raw.description ?? '',
    codes: (raw.enum ?? raw['x-codes'] ?? []).filter((c) => typeof c === 'string'),
    unit: unitOf(raw['x-unit']),
    role,
    geometry: role === 'primary-geometry' || (raw.format ?? '').startsWith('geometry'),
    closed: raw.enum !== undefined,
    required,
    use: raw['x-role'],
    readOnly: raw.readOnly === true,
    minimum: raw.minimum,
    maximum: raw.maximum,
  };
}

/** The fields of a JSON Schema, in the order that it states. */
export const fields: Decoder<Field[]> = (v, where) => {
  const { properties, required } = object({ properties: or(map(fieldShape), {}), required: or(list(text), []) })(v, where);
  const seq = (raw: ReturnType<typeof fieldShape>) => raw['x-ogc-propertySeq'] ?? Number.MAX_SAFE_INTEGER;
  return Object.entries(properties).sort((a, b) => seq(a[1]) - seq(b[1])).map(([name, raw]) => fieldOf(name, raw, required.includes(name)));
};

export interface Item {
  key: number;
  geometry: Geometry | null;
  properties: Record<string, unknown>;
}

const rawItem = object({ id: anything, geometry: optional(record), properties: or(record, {}) });

export const item: Decoder<Item> = (v, where) => {
  const raw = rawItem(v, where);
  return { key: number(Number(raw.id), `${where}.id`), geometry: (raw.geometry as unknown as Geometry | undefined) ?? null, properties: raw.properties };
};

/** What a record is or was: its place and its fields. */
export interface Version {
  geometry: Geometry | null;
  properties: Record<string, unknown>;
}

export const version: Decoder<Version> = (v, where) => {
  const raw = object({ geometry: optional(record), properties: or(record, {}) })(v, where);
  return { geometry: (raw.geometry as unknown as Geometry | undefined) ?? null, properties: raw.properties };
};

export interface Page {
  items: Item[];
  matched: number;
  next?: string;
}

const rawPage = object({ features: or(list(item), []), numberMatched: optional(number), numberReturned: optional(number), links: or(list(link), []) });

export const page: Decoder<Page> = (v, where) => {
  const raw = rawPage(v, where);
  return { items: raw.features, matched: raw.numberMatched ?? raw.features.length, next: raw.links.find((l) => l.rel === 'next')?.href };
};

const input = object({ title: or(text, ''), description: or(text, ''), schema: or(record, {}), minOccurs: or(number, 1), maxOccurs: or(anything, 1) });
export type ProcessInput = ReturnType<typeof input>;

const output = object({ title: or(text, ''), description: or(text, ''), schema: or(record, {}) });

export const process = object({ id: text, title: or(text, ''), description: or(text, ''), version: or(text, ''), inputs: or(map(input), {}), outputs: or(map(output), {}) });
export const processes = object({ processes: or(list(process), []) });
export type Process = ReturnType<typeof process>;

const problem = object({ title: or(text, ''), status: or(number, 0), detail: or(text, ''), parameter: optional(text), said: optional(warning) });
export type Problem = ReturnType<typeof problem>;
export const problemOf: Decoder<Problem> = problem;
