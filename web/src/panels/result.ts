// What of an answer stands where: numbers as facts, lists of records as tables, GeoJSON as shapes for the map. It follows from the
// values; the output's schema gives titles, units and order.
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import type { Outcome } from '../api/execution.ts';
import { fields as decodeFields, type Field, type Process } from '../api/shapes.ts';

type JsonSchema = Record<string, unknown>;
type Row = Record<string, unknown>;

export interface Facts { kind: 'facts'; id: string; title: string; values: { field: Field; value: unknown }[] }
export interface Table { kind: 'table'; id: string; title: string; description: string; columns: Field[]; rows: Row[] }
export interface Shapes { kind: 'shapes'; id: string; title: string; description: string; fields: Field[]; features: Feature[] }
/** A text that is a file of a kind of its own, such as GPX; packed: the bytes of one, in base64. */
export interface Document { kind: 'document'; id: string; title: string; description: string; media: string; packed: boolean; text: string }
export type Part = Facts | Table | Shapes | Document;

const isRecord = (v: unknown): v is Row => typeof v === 'object' && v !== null && !Array.isArray(v);
const isScalar = (v: unknown) => v === null || ['string', 'number', 'boolean'].includes(typeof v);
const geometryTypes = new Set(['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon', 'GeometryCollection']);

/** The features of a value that is GeoJSON, whichever of its forms it has. */
export function featuresOf(value: unknown): Feature[] | undefined {
  if (Array.isArray(value)) {
    const parts = value.map(featuresOf);
    return parts.length && parts.every((p) => p !== undefined) ? parts.flat() : undefined;
  }
  if (!isRecord(value)) return undefined;
  if (value.type === 'FeatureCollection' && Array.isArray(value.features)) return (value as unknown as FeatureCollection).features;
  if (value.type === 'Feature' && 'geometry' in value) return [value as unknown as Feature];
  if (!geometryTypes.has(String(value.type)) || !('coordinates' in value || 'geometries' in value)) return undefined;
  return [{ type: 'Feature', properties: {}, geometry: value as unknown as Geometry }];
}

const propertiesOf = (schema: JsonSchema | undefined): Record<string, JsonSchema> => (isRecord(schema?.properties) ? (schema.properties as Record<string, JsonSchema>) : {});
const described = (schema: JsonSchema | undefined, key: 'title' | 'description'): string => (typeof schema?.[key] === 'string' ? schema[key] : '');

/** What is known of fields that no schema tells of. */
function guessed(name: string, sample: unknown): Field {
  const type = typeof sample === 'number' ? 'number' : typeof sample === 'boolean' ? 'boolean' : typeof sample === 'string' ? 'string' : 'array';
  const format = typeof sample === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(sample) ? 'date-time' : undefined;
  const unit = name.endsWith('_m2') ? 'm2' : name.endsWith('_m') ? 'm' : undefined;
  return { name, type, format, title: '', description: '', codes: [], unit, geometry: false };
}

/** Fields in the schema's order, those that it does not tell of behind. */
function fieldsFor(schema: JsonSchema | undefined, rows: Row[]): Field[] {
  const known = decodeFields({ properties: propertiesOf(schema) }, '');
  const names = [...new Set(rows.flatMap((r) => Object.keys(r)))];
  const rank = (name: string) => {
    const at = known.findIndex((f) => f.name === name);
    return at < 0 ? known.length : at;
  };
  return names.map((name) => known.find((f) => f.name === name) ?? guessed(name, rows.find((r) => r[name] !== null && r[name] !== undefined)?.[name])).sort((a, b) => rank(a.name) - rank(b.name));
}

const separator = ' · ';

/** Records within records as columns of their own: "Rates · killed · lower". Their titles stay those of the schema. */
export function flattened(rows: Row[], fields: Field[]): { rows: Row[]; columns: Field[] } {
  const columns: Field[] = [];
  const flat: Row[] = rows.map(() => ({}));
  for (const field of fields) {
    const values = rows.map((r) => r[field.name]);
    if (!values.some(isRecord)) {
      columns.push(field);
      values.forEach((v, i) => Object.assign(flat[i] ?? {}, { [field.name]: v }));
      continue;
    }
    const inner = values.map((v) => (isRecord(v) ? v : {}));
    const below = flattened(inner, fieldsFor(undefined, inner));
    const name = (f: Field) => `${field.name}.${f.name}`;
    columns.push(...below.columns.map((f) => ({ ...f, name: name(f), title: [field.title || field.name, f.title || f.name].join(separator) })));
    below.columns.forEach((f) => below.rows.forEach((r, i) => Object.assign(flat[i] ?? {}, { [name(f)]: r[f.name] })));
  }
  return { rows: flat, columns };
}

export function partsOf(result: Row, schema: JsonSchema | undefined, title = ''): Part[] {
  return recordParts('', title, result, schema);
}

function recordParts(id: string, title: string, value: Row, schema: JsonSchema | undefined): Part[] {
  const fields = fieldsFor(schema, [value]);
  const facts: Facts = { kind: 'facts', id, title, values: [] };
  const others: Part[] = [];
  for (const field of fields) {
    const inner = value[field.name];
    const below = propertiesOf(schema)[field.name];
    const media = below?.contentMediaType;
    if (typeof inner === 'string' && typeof media === 'string') {
      others.push({ kind: 'document', id: field.name, title: field.title || field.name, description: described(below, 'description'), media, packed: below?.contentEncoding === 'base64', text: inner });
    } else if (isScalar(inner)) {
      // Null where the schema wants a record or a list: there is none to show.
      if (inner !== null || !['object', 'array'].includes(field.type)) facts.values.push({ field, value: inner });
    } else others.push(...valueParts(id ? `${id}.${field.name}` : field.name, field.title || field.name, inner, below));
  }
  return [...(facts.values.length ? [facts] : []), ...others];
}

function valueParts(id: string, title: string, value: unknown, schema: JsonSchema | undefined): Part[] {
  const features = featuresOf(value);
  const description = described(schema, 'description');
  if (features) return features.length ? [{ kind: 'shapes', id, title, description, features, fields: fieldsFor(schema, features.map((f) => f.properties ?? {})) }] : [];
  if (isRecord(value)) return recordParts(id, title, value, schema);
  if (!Array.isArray(value) || value.length === 0) return [];
  if (!value.every(isRecord)) return [{ kind: 'facts', id, title, values: [{ field: { ...guessed(id, value), title }, value: value.map((v) => (isScalar(v) ? (v as unknown) : JSON.stringify(v))) }] }];
  const items = schema?.items as JsonSchema | undefined;
  return [{ kind: 'table', id, title, description, ...flattened(value, fieldsFor(items, value)) }];
}

/** The schema of what stands in the answer under `result`, or of the answer itself: of several outputs, the one that holds the whole. */
export function resultSchema({ outputs }: Process): Record<string, unknown> | undefined {
  const schemas = Object.values(outputs).map(({ schema }) => schema);
  const inner = schemas.map(({ properties }) => (properties as Record<string, Record<string, unknown>> | undefined)?.result).find((found) => found !== undefined);
  return inner ?? schemas[0];
}

/** The layers of an answer. */
export const shapesOf = (outcome: Outcome, process: Process): Shapes[] => partsOf(outcome.result, resultSchema(process)).filter((p) => p.kind === 'shapes');

/** Rows by one column; what is absent comes last, whichever way. */
export function sorted(rows: Row[], column: string, down: boolean): Row[] {
  const absent = (v: unknown) => v === null || v === undefined || v === '';
  const compare = (a: unknown, b: unknown) => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b)));
  return [...rows].sort((r, s) => {
    const [a, b] = [r[column], s[column]];
    if (absent(a) || absent(b)) return Number(absent(a)) - Number(absent(b));
    return down ? compare(b, a) : compare(a, b);
  });
}

/** A layer as it came, with how it was made and its marking as foreign members (RFC 7946, 6.1). */
export const geojsonOf = ({ features }: Pick<Shapes, 'features'>, { envelope, marking }: Pick<Outcome, 'envelope' | 'marking'>): string =>
  JSON.stringify({ type: 'FeatureCollection', classification: marking ?? 'unclassified', envelope, features });

/** Five classes of a number, each with as many values as the others as far as they can be told apart: where each begins. */
export function breaksOf(values: number[]): number[] {
  const order = values.filter(Number.isFinite).sort((a, b) => a - b);
  return [...new Set([0, 1, 2, 3, 4].map((k) => order[Math.floor((k * order.length) / 5)]).filter((v) => v !== undefined))];
}

export const classOf = (breaks: number[], value: number): number => breaks.filter((b) => b <= value).length;
