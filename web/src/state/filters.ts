// Filters on fields: which values a field may hold, how they stand in a link, and the CQL2 text the server is asked with.
import type { Field } from '../api/shapes.ts';
import { nextDay } from './time.ts';

/** One of some values (text, codes, yes or no), or a range of numbers or days whose ends count as inside; an empty end is open. */
export type FieldFilter = { values: string[] } | { from: string; to: string };

/** Collection -> field -> what it must hold. All of them hold together. */
export type Filters = Record<string, Record<string, FieldFilter>>;

const isEmpty = (f: FieldFilter) => ('values' in f ? f.values.length === 0 : !f.from && !f.to);

/** A filter set, changed or (absent or empty) taken away; a collection without filters has no entry. */
export function withFilter(filters: Filters, collection: string, field: string, value: FieldFilter | undefined): Filters {
  const { [field]: _old, ...others } = filters[collection] ?? {};
  const fields = value && !isEmpty(value) ? { ...others, [field]: value } : others;
  const { [collection]: _gone, ...rest } = filters;
  return Object.keys(fields).length ? { ...rest, [collection]: fields } : rest;
}

const enc = encodeURIComponent;

// bases.kind:battalion;company,incidents.killed:1:5 - what is percent-coded holds no ; or :, so these two can part the values, and
// the first dot parts collection and field.
export function formatFilters(filters: Filters): string {
  return Object.entries(filters)
    .flatMap(([collection, fields]) => Object.entries(fields).map(([field, f]) => `${enc(collection).replaceAll('.', '%2E')}.${enc(field)}:${'values' in f ? f.values.map(enc).join(';') : `${enc(f.from)}:${enc(f.to)}`}`))
    .join(',');
}

export function parseFilters(text = ''): Filters {
  let filters: Filters = {};
  for (const part of text.split(',').filter(Boolean)) {
    const [path = '', ...ends] = part.split(':');
    const dot = path.indexOf('.');
    const [collection, field] = [decoded(path.slice(0, Math.max(0, dot))), decoded(path.slice(dot + 1))];
    const value = valueOf(ends);
    if (collection && field && value) filters = withFilter(filters, collection, field, value);
  }
  return filters;
}

function valueOf(ends: string[]): FieldFilter | undefined {
  const [from = '', to = ''] = ends.map(decoded);
  if (ends.length === 1) return { values: (ends[0] ?? '').split(';').map(decoded).filter(Boolean) };
  return ends.length === 2 ? { from, to } : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Property names are always quoted: a field may be called date or and. */
const named = (field: string) => `"${field.replaceAll('"', '""')}"`;
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

const isNumber = (f: Field | undefined) => f?.type === 'number' || f?.type === 'integer';
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A value that does not fit its field is sent as text, for the server to refuse by name. */
const literal = (field: Field | undefined, value: string) =>
  (isNumber(field) && number.test(value)) || (field?.type === 'boolean' && /^(true|false)$/.test(value)) ? value : quoted(value);

/** One field's condition in CQL2 text. */
export function conditionText(name: string, field: Field | undefined, f: FieldFilter): string {
  const property = named(name);
  if ('values' in f) {
    const values = f.values.map((v) => literal(field, v));
    return values.length === 1 ? `${property} = ${values[0]}` : `${property} IN (${values.join(', ')})`;
  }
  const [from, to] = ends(field, f);
  return [from && `${property} ${from}`, to && `${property} ${to}`].filter(Boolean).join(' AND ');
}

/** A day of a moment's field holds the whole day. */
function ends(field: Field | undefined, { from, to }: { from: string; to: string }): [string, string] {
  if (field?.format === 'date-time') return [from && `>= TIMESTAMP('${from}T00:00:00Z')`, to && `< TIMESTAMP('${nextDay(to)}T00:00:00Z')`];
  const write = (v: string) => (field?.format === 'date' ? `DATE('${v}')` : literal(field, v));
  return [from && `>= ${write(from)}`, to && `<= ${write(to)}`];
}

/** The conditions joined by AND, each that holds an OR in brackets. */
export const allOf = (conditions: string[]): string => conditions.filter(Boolean).join(' AND ');

export function filterText(fields: Field[], filters: Record<string, FieldFilter>): string {
  return allOf(Object.entries(filters).map(([name, f]) => conditionText(name, fields.find((x) => x.name === name), f)));
}
